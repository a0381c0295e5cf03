import { describe, expect, it } from 'vitest';
import { en, type Messages } from './messages.js';

const SOURCES = import.meta.glob<string>(['../**/*.{ts,vue}', '!../**/*.spec.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});
const ALL = Object.values(SOURCES).join('\n');

/** Every key of a text, with its branches: `nav.workflows`. */
function keysOf(messages: Messages, before = ''): string[] {
  return Object.entries(messages).flatMap(([key, message]) =>
    typeof message === 'string' ? [before + key] : keysOf(message, `${before}${key}.`),
  );
}
const keys = keysOf(en);
const known = new Set(keys);

/** What stands whole between quotes, and what is put together: `status.${status}` fits any key that begins so. */
const literals = new Set([...ALL.matchAll(/'([a-zA-Z][\w.]*)'/g)].map(([, text = '']) => text));
const templates = [...ALL.matchAll(/`((?:[\w.]|\$\{(?:[^{}`]|\{[^{}`]*\})*\})+)`/g)]
  .map(([, text = '']) => text)
  .filter((text) => /^[a-z]\w*\./.test(text) && text.includes('${'))
  .map(
    (text) =>
      new RegExp(
        `^${text.replaceAll('.', String.raw`\.`).replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, String.raw`\w+`)}$`,
      ),
  );

/** The first arguments of `t(…)` that are written out, both of an either-or too. */
const called = [...ALL.matchAll(/\bt\(\s*(?:[^'`(),]+\?\s*)?'([\w.]+)'(?:\s*:\s*'([\w.]+)')?/g)].flatMap(
  ([, one = '', other]) => (other === undefined ? [one] : [one, other]),
);

describe('the texts', () => {
  it('are all there that are asked for', () => {
    expect(called.length).toBeGreaterThan(100);
    expect(called.filter((key) => !known.has(key))).toEqual([]);
  });

  it('are all asked for somewhere', () => {
    const unused = keys.filter(
      (key) => !literals.has(key) && !templates.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });
});
