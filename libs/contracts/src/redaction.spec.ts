import { describe, expect, it } from 'vitest';
import { RedactionPattern, Redactor } from './redaction.js';

const seen = (value: unknown, ...patterns: string[]) => new Redactor(patterns).redact(value).value;

describe('a redactor', () => {
  it.each([
    [
      'a key at any depth',
      'password',
      { a: [{ Password: 1, b: 2 }] },
      { a: [{ Password: '[redacted]', b: 2 }] },
    ],
    [
      'a path at any depth',
      'card.number',
      { x: { card: { number: '4', exp: 1 } } },
      { x: { card: { number: '[redacted]', exp: 1 } } },
    ],
    [
      'a path through lists',
      'cards.number',
      { cards: [{ number: 1 }, { number: 2 }] },
      { cards: [{ number: '[redacted]' }, { number: '[redacted]' }] },
    ],
    [
      'the top only',
      '$.email',
      { email: 'a', inner: { email: 'b' } },
      { email: '[redacted]', inner: { email: 'b' } },
    ],
    [
      'any one key',
      'meta.*.token',
      { meta: { a: { token: 1 }, token: 2 } },
      { meta: { a: { token: '[redacted]' }, token: 2 } },
    ],
    [
      'one item of a list',
      'items[1].card',
      { order: { items: [{ card: 1 }, { card: 2 }] } },
      { order: { items: [{ card: 1 }, { card: '[redacted]' }] } },
    ],
    ['an item itself', 'items[0]', { items: ['a', 'b'] }, { items: ['[redacted]', 'b'] }],
    ['all items of a list', 'items[].card', { items: [{ card: 1 }] }, { items: [{ card: '[redacted]' }] }],
    [
      'any number of keys',
      '$.order.**.pin',
      { pin: 1, order: { pin: 2, a: { b: [{ pin: 3 }] } } },
      { pin: 1, order: { pin: '[redacted]', a: { b: [{ pin: '[redacted]' }] } } },
    ],
    [
      'backquoted names with dots and brackets',
      '`a.b[0]`.c',
      { 'a.b[0]': { c: 1 } },
      { 'a.b[0]': { c: '[redacted]' } },
    ],
    ['a whole part', 'customer', { customer: { name: 'A' } }, { customer: '[redacted]' }],
    ['names in backquotes', '`e mail`', { 'E mail': 1 }, { 'E mail': '[redacted]' }],
    ['attributes of XML', 'pin', { o: { '@pin': '1' } }, { o: { '@pin': '[redacted]' } }],
    [
      'JSON inside a text',
      'password',
      { body: '{"password":"x","a":1}' },
      { body: '{"password":"[redacted]","a":1}' },
    ],
  ])('hides %s', (_name, pattern, value, expected) => {
    expect(seen(value, pattern)).toEqual(expected);
    expect(new Redactor([pattern]).redact(value).by).toEqual([pattern]);
  });

  it('gives the value itself where nothing is hidden', () => {
    const value = { a: [1, { b: 'text' }], number: 1 };
    expect(seen(value, 'password', 'card.number')).toBe(value);
  });

  it('knows which paths it hides', () => {
    const redactor = new Redactor(['card']);
    expect(redactor.hides(['data', 'card', 0, 'number'])).toBe('card');
    expect(redactor.hides(['data', 'cards'])).toBeUndefined();
    const item = new Redactor(['items[1].pin']);
    expect(item.hides(['items', 1, 'pin'])).toBe('items[1].pin');
    expect(item.hides(['items', 0, 'pin'])).toBeUndefined();
    expect(item.hides(['items', 'pin'])).toBe('items[1].pin');
  });
});

describe('a pattern', () => {
  it.each([
    'password',
    'card.number',
    '$.a.b',
    'a.*.c',
    '`a b`.c',
    'größe',
    '@id',
    'a[0]',
    '`a b`[2].c',
    'a[].b',
    '**.a',
  ])('may be %s', (text) => {
    expect(RedactionPattern.safeParse(text).success).toBe(true);
  });
  it.each([
    '',
    ' ',
    '.',
    'a.',
    '.a',
    'a..b',
    '$sum(x)',
    '*',
    '*.*',
    '**.*',
    'a b',
    '`a',
    'a[-1]',
    'a[b=1]',
    '**[0].a',
    'a.%',
  ])('is never %j', (text) => {
    expect(RedactionPattern.safeParse(text).success).toBe(false);
  });
});
