import { describe, expect, it } from 'vitest';
import { typedBraces } from './brace-typing.js';

/** Types a text key by key, as the editor would. */
function typing(keys: string, start = ''): string {
  let [text, caret] = [start, start.length];
  for (const key of keys) {
    const braces = typedBraces(text, caret, key);
    if (braces) {
      text = text.slice(0, braces.from) + braces.insert + text.slice(braces.to);
      caret = braces.caret;
    } else {
      text = text.slice(0, caret) + key + text.slice(caret);
      caret += 1;
    }
  }
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

describe('typing braces', () => {
  it('closes them', () => {
    expect(typing('Hi {{')).toBe('Hi {{|}}');
  });

  it.each([
    '{{ run.id }} done',
    '{{run.id}}',
    '{{ {"a": {"b": 1}} }}!',
    '{ "a": 1 }',
    '\\{{ plain }}',
    '{{ a }}{{ b }}',
  ])('ends with what was typed: %s', (keys) => {
    expect(typing(keys).replace('|', '')).toBe(keys);
  });

  it('adds none where some stand already', () => {
    expect(typedBraces('{}}', 1, '{')).toBeUndefined();
  });
});
