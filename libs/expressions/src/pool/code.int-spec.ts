import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import buildChild from '../../test/build-child.js';
import type { EvaluationOutcome, EvaluationScope } from '../evaluator.js';
import { EvaluatorPool } from './evaluator-pool.js';

let pool: EvaluatorPool;

beforeAll(() => {
  buildChild();
  pool = new EvaluatorPool();
}, 120_000);
afterAll(() => pool.close());

const scope: EvaluationScope = {
  trigger: '{"id":"e1","headers":{"x-a":"1"}}',
  body: {
    kind: 'raw',
    bytes: Buffer.from('{"orders":[{"total":5},{"total":7}],"__proto__":{"hacked":true}}'),
    contentType: 'application/json',
    eventId: 'e1',
  },
  steps: new Map([
    ['shape', { kind: 'json', json: '{"n":12345,"text":"späße"}' }],
    ['other', { kind: 'step', stepId: 'shape' }],
    ['hook', { kind: 'trigger' }],
  ]),
  input: { kind: 'step', stepId: 'shape' },
  vars: '{"rate":1.5}',
  run: '{"id":"r1"}',
  item: '{"sku":"a"}',
  index: 3,
};

async function run(source: string, timeoutMs?: number): Promise<EvaluationOutcome> {
  const [outcome] = await pool.evaluate({
    expressions: [{ source, as: 'code' }],
    scope,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  return outcome!;
}

async function value(source: string): Promise<unknown> {
  const outcome = await run(source);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return JSON.parse(outcome.json);
}

async function failure(source: string, timeoutMs?: number): Promise<string> {
  const outcome = await run(source, timeoutMs);
  return outcome.ok ? `gave ${outcome.json}` : `${outcome.error.code}: ${outcome.error.message}`;
}

describe('code', () => {
  it.each([
    ['return 1 + 1', 2],
    ['return trigger.body.orders.reduce((sum, { total }) => sum + total, 0)', 12],
    [
      'return [trigger.id, trigger.headers["x-a"], steps.shape.n, steps.other.text, steps.hook.id]',
      ['e1', '1', 12345, 'späße', 'e1'],
    ],
    ['const all = steps; return Object.keys(all)', ['shape', 'other', 'hook']],
    ['return [input.n, vars.rate, run.id, item.sku, index]', [12345, 1.5, 'r1', 'a', 3]],
    ['return eval("tri" + "gger").id', 'e1'],
    ['const x = 1; // no return', null],
    ['return undefined', null],
    ['return () => 1', null],
    ['return { a: undefined, b: new Date(0), c: NaN }', { b: '1970-01-01T00:00:00.000Z', c: null }],
    ['return await Promise.all([1, Promise.resolve(2)])', [1, 2]],
    ['for (let i = 0; i < 3; i += 1) await null; return "done"', 'done'],
    ['return new Map([[1, 2]]).get(1) + [3, 1].toSorted().at(0)', 3],
    ['return "späße 🎉".length', 8],
    ['input.n = 1; return steps.shape.n', 12345],
  ])('%s', async (source, expected) => {
    expect(await value(source)).toEqual(expected);
  });

  it('writes to its console, in order, also before it fails', async () => {
    const logs = ['one 2 {"a":[1]} null undefined true', 'Error: no', '[cannot be shown]'];
    const writes =
      'console.log("one", 2, { a: [1] }, null, undefined, true); console.warn(new Error("no")); const o = {}; o.o = o; console.error(o);';
    expect(await run(`${writes} return 1`)).toEqual({ ok: true, json: '1', logs });
    expect(await run(`${writes} throw new Error("x")`)).toMatchObject({ ok: false, logs });
  });

  it('keeps 16 KiB and 200 lines of its console', async () => {
    const long = await run('for (let i = 0; i < 100; i += 1) console.log("x".repeat(1000)); return 1');
    expect(long.logs?.join('').length).toBeLessThan(17_000);
    expect(long.logs?.at(-1)).toContain('left out');
    const many = await run('for (let i = 0; i < 100000; i += 1) console.log(i); return 1');
    expect(many).toMatchObject({ ok: true });
    expect(many.logs).toHaveLength(201);
  });
});

describe('code that fails', () => {
  it.each([
    ['const a = 1;\nconst b = ;', /^syntax: The code cannot be read on line 2: SyntaxError: /],
    ['return }', /^syntax: /],
    ['const x = {};\n\nreturn x.y.z', /^failed: The code failed on line 3: TypeError: .*'z'.*\. Correct it/],
    ['throw new RangeError("too many")', /on line 1: RangeError: too many\./],
    ['throw "a text"', /^failed: The code failed: a text\./],
    ['throw { code: 7 }', /\{"code":7\}/],
    ['throw null', /^failed: /],
    ['await Promise.reject(new Error("later"))', /on line 1: Error: later\./],
    ['return process.env', /'process' is not defined/],
    ['undeclared = 1', /^failed: .*undeclared/],
    ['const o = {}; o.o = o; return o', /^failed: .*circular/i],
    ['return 10n', /^failed: .*BigInt/i],
    ['return { toJSON() { throw new Error("no JSON") } }', /no JSON/],
    ['await new Promise(() => {})', /^failed: The code waits for a promise/],
  ])('%s', async (source, expected) => {
    expect(await failure(source)).toMatch(expected);
  });

  it('is stopped after five seconds', async () => {
    expect(await failure('return 1 }); while (true) {} (function () {')).toMatch(/ longer than 5000 ms/);
  });

  it('is found before it is run, with the place', async () => {
    const [fine, broken] = await pool.checkCode(['while (true) {}', 'return 1;\nlet let = 2']);
    expect(fine).toBeUndefined();
    expect(broken).toMatchObject({ message: expect.stringContaining('line 2'), position: 21 });
  });
});

/** Each is followed by an ordinary one, which must not notice. */
describe('hostile code ends as its own failure, and the next one gives what it should:', () => {
  it.each([
    ['an endless loop', 'while (true) {}'],
    ['an endless chain of promises', 'const f = () => Promise.resolve().then(f); await f()'],
    ['an endless loop that catches', 'for (;;) { try { for (;;) {} } catch {} }'],
    ['a regular expression that never ends', 'return /^(a+)+$/.test("a".repeat(50) + "b")'],
    [
      'an endless getter of what it throws',
      'throw Object.defineProperty(new Error(), "message", { get() { for (;;) {} } })',
    ],
    ['an endless toJSON', 'return { toJSON() { for (;;) {} } }'],
  ])('%s', { timeout: 60_000 }, async (_, source) => {
    expect(await failure(source, 500)).toMatch(/^timeout: The code ran longer than 500 ms/);
    expect(await value('return trigger.body.orders.length')).toBe(2);
  });

  it.each([
    ['a text without end', 'let s = "x"; for (;;) s += s', /^(too_large|failed|timeout): /],
    [
      'lists without end',
      'const a = []; for (;;) a.push(new Array(1000).fill({}))',
      /^(too_large|timeout): /,
    ],
    ['a buffer of a gigabyte', 'return new Uint8Array(1e9).length', /^(too_large|failed): /],
    ['deep recursion', 'const f = () => f() + 1;\nreturn f()', /^failed: The code calls itself too often/],
    [
      'recursion through JSON',
      'let o = {}; for (let i = 0; i < 200000; i += 1) o = { o };\nreturn o',
      /^(failed|too_large): /,
    ],
    [
      'recursion through toString',
      'const o = { toString() { return `${o}` } }; return `${o}`',
      /^failed: The code calls itself too often/,
    ],
    ['deep results', 'let o = {}; for (let i = 0; i < 600; i += 1) o = { o };\nreturn o', /^too_large: /],
    ['huge results', 'return "x".repeat(2 ** 21)', /^too_large: The code returns/],
    ['results that are huge in bytes', 'return "€".repeat(500000)', /^too_large: /],
  ])('%s', { timeout: 60_000 }, async (_, source, expected) => {
    expect(await failure(source)).toMatch(expected);
    expect(await value('return trigger.body.orders.length')).toBe(2);
  });

  it.each([
    [
      'built-ins',
      'JSON.stringify = () => "1"; JSON.parse = null; Array.prototype.map = null; String.prototype.slice = null; globalThis.console = null; return "mine"',
      '"mine"',
    ],
    [
      'prototypes',
      'Object.prototype.toJSON = () => "polluted"; Array.prototype[Symbol.iterator] = null; return 1',
      undefined,
    ],
    ['promises', 'Promise.prototype.then = () => 1; globalThis.Promise = null; return 2', '2'],
    ['the function constructor', 'return (() => {}).constructor("return typeof process")()', '"undefined"'],
    [
      'its own name for the outside',
      'return [typeof require, typeof fetch, typeof setTimeout, typeof WebAssembly, typeof Deno, typeof std, typeof os].join()',
      '"undefined,undefined,undefined,undefined,undefined,undefined,undefined"',
    ],
    [
      'what a console leads to',
      'return console.log.constructor("return typeof process + typeof globalThis.process")()',
      '"undefinedundefined"',
    ],
  ])('games with %s', async (_, source, expected) => {
    const outcome = await run(source);
    if (expected !== undefined) expect(outcome).toMatchObject({ json: expected });
    expect(
      await value('return [Object.keys({}).length, {}.hacked ?? null, [1, 2].map((n) => n * 2)]'),
    ).toEqual([0, null, [2, 4]]);
  });

  it('modules cannot be loaded', async () => {
    expect(await failure('return await import("fs")')).toMatch(/^(failed|too_large|syntax): /);
    expect(await value('return 1')).toBe(1);
  });
});

describe('the child', () => {
  it('is started by the first code and by nothing else', async () => {
    const fresh = new EvaluatorPool();
    try {
      await fresh.evaluate({ expressions: [{ source: 'trigger.id', as: 'value' }], scope });
      const before = fresh.pids.length;
      await fresh.evaluate({ expressions: [{ source: 'return 1', as: 'code' }], scope });
      expect(fresh.pids.length).toBeGreaterThan(before);
    } finally {
      await fresh.close();
    }
  });

  it('does many at once, each on its own data', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        pool.evaluate({
          expressions: [
            { source: 'globalThis.n = (globalThis.n ?? 0) + 1; return [globalThis.n, item]', as: 'code' },
          ],
          scope: { ...scope, item: String(at) },
        }),
      ),
    );
    expect(outcomes.map(([one]) => (one?.ok ? one.json : 'failed'))).toEqual(
      Array.from({ length: 200 }, (_, at) => `[1,${at}]`),
    );
  });
});
