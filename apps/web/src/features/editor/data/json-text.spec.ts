import { describe, expect, it } from 'vitest';
import { readJsonText } from './json-text.js';

describe('readJsonText', () => {
  it('takes any JSON value', () => {
    expect(readJsonText(' {"a": [1]} ')).toEqual({ ok: true, value: { a: [1] } });
    expect(readJsonText('null')).toEqual({ ok: true, value: null });
  });
  it('says why a text is none', () => {
    expect(readJsonText(' ')).toEqual({ ok: false, reason: 'empty' });
    expect(readJsonText('{\n  "a": 1,\n  b\n}')).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^syntax/),
    });
    expect(readJsonText(JSON.stringify('é'.repeat(600_000)))).toEqual({ ok: false, reason: 'large' });
  });
});
