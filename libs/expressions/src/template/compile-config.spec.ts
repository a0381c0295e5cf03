import { describe, expect, it } from 'vitest';
import type { EvaluationOutcome } from '../evaluator.js';
import { compileConfig, type ExpressionPaths } from './compile-config.js';

const paths: ExpressionPaths = {
  expression: ['expression'],
  list: ['items'],
  condition: ['condition', 'cases.*.condition'],
  code: ['source'],
  url: ['url'],
};
const ok = (value: unknown): EvaluationOutcome => ({ ok: true, json: JSON.stringify(value) });

/** Resolves with the values that `known` gives for each source, without its blanks. */
function resolve(config: unknown, known: Record<string, unknown>) {
  const program = compileConfig(config, paths);
  return program.resolve(program.expressions.map(({ source }) => ok(known[source.trim()] ?? null)));
}

function configOf(config: unknown, known: Record<string, unknown> = {}): unknown {
  const resolved = resolve(config, known);
  if (!resolved.ok) throw new Error(resolved.error.message);
  return resolved.config;
}

describe('a config with {{ }}', () => {
  it('keeps the type of what stands alone', () => {
    const values = [5, 'a', true, null, [1], { a: 1 }];
    for (const value of values)
      expect(configOf({ field: '{{ x }}' }, { x: value })).toEqual({ field: value });
  });

  it('makes text inside text: strings as they are, null empty, the rest JSON', () => {
    const config = { a: 'x{{ s }}y', b: '-{{ n }}-', c: '{{ num }} {{ obj }}', d: 'list {{ list }}' };
    const known = { s: 'S', n: null, num: 1.5, obj: { a: [1] }, list: [] };
    expect(configOf(config, known)).toEqual({ a: 'xSy', b: '--', c: '1.5 {"a":[1]}', d: 'list []' });
  });

  it('reaches every depth and leaves all else alone', () => {
    const config = { a: [{ b: '{{ x }}' }, 'plain', 7], c: null, d: { e: true } };
    expect(configOf(config, { x: 1 })).toEqual({ a: [{ b: 1 }, 'plain', 7], c: null, d: { e: true } });
  });

  it('is itself when there is nothing to fill in', () => {
    const config = { a: 'plain', b: [1] };
    expect(configOf(config)).toBe(config);
  });

  it('never evaluates what a value holds', () => {
    expect(configOf({ a: '{{ x }}', b: 'and {{ x }}' }, { x: '{{ y }}' })).toEqual({
      a: '{{ y }}',
      b: 'and {{ y }}',
    });
  });

  it('leaves code as it is, braces and all', () => {
    const source = 'return { a: { b: `{{ x }}` } };';
    const program = compileConfig({ source }, paths);
    expect(program.expressions).toEqual([{ source, as: 'code' }]);
  });

  it('takes \\{{ for braces', () => {
    expect(configOf({ a: '\\{{ x }}' })).toEqual({ a: '{{ x }}' });
  });

  it('keeps a key __proto__ as a key', () => {
    const config: unknown = JSON.parse('{"headers":{"__proto__":"{{ x }}"}}');
    expect(JSON.stringify(configOf(config, { x: 'v' }))).toBe('{"headers":{"__proto__":"v"}}');
  });

  it('leaves bare fields as they are and gives their outcomes by path', () => {
    const config = { condition: 'a > 1', cases: [{ handle: '{{ h }}', condition: 'b' }], expression: 'c' };
    const program = compileConfig(config, paths);
    expect(program.expressions.map(({ as }) => as).toSorted()).toEqual([
      'condition',
      'condition',
      'value',
      'value',
    ]);
    const resolved = resolve(config, { 'a > 1': true, b: false, c: [1], h: 'x' });
    expect(resolved).toEqual({
      ok: true,
      config: { ...config, cases: [{ handle: 'x', condition: 'b' }] },
      evaluated: { condition: ok(true), 'cases.0.condition': ok(false), expression: ok([1]) },
    });
  });

  it('fails with the path of the first {{ }} that failed', () => {
    const program = compileConfig({ to: '{{ a }}', deep: [{ text: 'x {{ b }}' }] }, paths);
    const error = { code: 'failed', message: 'No.' };
    expect(program.resolve([ok(1), { ok: false, error }])).toEqual({ ok: false, path: 'deep.0.text', error });
  });

  it('leaves the failure of a bare field to its step', () => {
    const failure: EvaluationOutcome = { ok: false, error: { code: 'failed', message: 'No.' } };
    const program = compileConfig({ condition: 'a' }, paths);
    expect(program.resolve([failure])).toMatchObject({ ok: true, evaluated: { condition: failure } });
  });

  it('tells where a {{ is never closed, and does not run', () => {
    const program = compileConfig({ a: { b: 'Hi {{ name' } }, paths);
    expect(program.problems).toMatchObject([{ path: 'a.b', position: 3 }]);
    expect(program.resolve([])).toMatchObject({ ok: false, path: 'a.b', error: { code: 'syntax' } });
  });

  it('knows the place of each expression', () => {
    const program = compileConfig({ text: 'Hi {{ a }}', condition: 'b' }, paths);
    expect(program.places).toEqual([
      { path: 'text', position: 5 },
      { path: 'condition', position: 0 },
    ]);
  });
});

describe('a URL with {{ }}', () => {
  const known = {
    base: 'https://api.example.com/v1',
    host: 'api.example.com',
    id: 'a/b?c#d e',
    n: 5,
    none: null,
  };
  const urlOf = (url: string) => configOf({ url, other: '' }, known);

  it.each([
    ['{{ base }}', 'https://api.example.com/v1'],
    ['{{ base }}/orders/{{ id }}', 'https://api.example.com/v1/orders/a%2Fb%3Fc%23d%20e'],
    ['https://{{ host }}/{{ id }}', 'https://api.example.com/a%2Fb%3Fc%23d%20e'],
    ['https://api.example.com?q={{ id }}&n={{ n }}', 'https://api.example.com?q=a%2Fb%3Fc%23d%20e&n=5'],
    ['https://api.example.com/x{{ none }}', 'https://api.example.com/x'],
  ])('%s', (url, filled) => {
    expect(urlOf(url)).toEqual({ url: filled, other: '' });
  });

  it('takes a lone surrogate without failing', () => {
    expect(configOf({ url: 'https://h/{{ x }}' }, { x: 'a\ud800' })).toEqual({ url: 'https://h/a%EF%BF%BD' });
  });
});
