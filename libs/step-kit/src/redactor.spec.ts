import { describe, expect, it } from 'vitest';
import { createRedactor } from './redactor.js';

const SECRET = 'p/a+ss "w0rd" é';
const redactor = createRedactor([SECRET, 'short']);

describe('JSON', () => {
  it('stays JSON when a secret stands in it as a number', () => {
    const redactor = createRedactor(['1234567890']);
    expect(JSON.parse(redactor.json('{"id":1234567890,"text":"a 1234567890 b","other":12345}'))).toEqual({
      id: '[hidden]',
      text: 'a [hidden] b',
      other: 12345,
    });
  });

  it('without a secret stays as it is, to the byte', () => {
    const json = '{ "n": 12345678901234567890 }';
    expect(createRedactor(['abcdefgh']).json(json)).toBe(json);
  });
});

describe('createRedactor', () => {
  it.each([
    ['as it is', SECRET],
    ['inside a JSON text', JSON.stringify({ password: SECRET })],
    ['inside a JSON text with escaped slashes', JSON.stringify(SECRET).replaceAll('/', '\\/')],
    ['URL-encoded', encodeURIComponent(SECRET)],
    ['URL-encoded in lower case', encodeURIComponent(SECRET).toLowerCase()],
    ['in a form', new URLSearchParams({ p: SECRET }).toString()],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['in base64 after one byte', Buffer.from(`u${SECRET}`).toString('base64')],
    ['in base64 after two bytes', Buffer.from(`u:${SECRET}`).toString('base64')],
    ['in base64 between others', Buffer.from(`user:${SECRET}:more`).toString('base64')],
  ])('hides a secret %s', (_name, text) => {
    const hidden = redactor.text(`before ${text} after`);
    expect(hidden).toMatch(/^before .*\[hidden\].* after$/);
    expect(hidden.length).toBeLessThan('before  after'.length + text.length);
    expect(hidden).not.toContain(SECRET.slice(2, 8));
  });

  it('keeps a JSON text readable', () => {
    expect(JSON.parse(redactor.text(JSON.stringify({ a: SECRET, b: 1 })))).toEqual({ a: '[hidden]', b: 1 });
  });

  it('hides in values at any depth, keys and numbers too', () => {
    const numeric = createRedactor(['1234567890']);
    const value = { list: [{ '1234567890': 1234567890 }], other: 'id 1234567890', kept: [1, true, null] };
    expect(numeric.value(value)).toEqual({
      list: [{ '[hidden]': '[hidden]' }],
      other: 'id [hidden]',
      kept: [1, true, null],
    });
    expect(value.other).toBe('id 1234567890');
  });

  it('leaves secrets under 8 characters alone', () => {
    expect(redactor.text('a short text')).toBe('a short text');
    expect(createRedactor([]).value({ a: 1 })).toEqual({ a: 1 });
  });

  it('hides the longer of two secrets that begin alike', () => {
    expect(createRedactor(['abcdefgh', 'abcdefghij']).text('abcdefghij')).toBe('[hidden]');
  });
});
