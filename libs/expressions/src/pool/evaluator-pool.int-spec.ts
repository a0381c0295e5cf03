import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import buildChild from '../../test/build-child.js';
import {
  createEvaluatorPool,
  EvaluatorClosedError,
  type EvaluationOutcome,
  type EvaluationScope,
  type EvaluatorPool,
} from '../index.js';

let pool: EvaluatorPool;
beforeAll(() => {
  buildChild();
  pool = createEvaluatorPool();
});
afterAll(() => pool.close());

const scopeOf = (body: unknown, more: Partial<EvaluationScope> = {}): EvaluationScope => ({
  trigger: '{"id":"e1","headers":{}}',
  body: {
    kind: 'raw',
    bytes: new TextEncoder().encode(JSON.stringify(body)),
    contentType: 'application/json',
    eventId: 'e1',
  },
  steps: new Map(),
  input: { kind: 'nothing' },
  vars: '{}',
  run: '{}',
  ...more,
});
const evaluate = async (source: string, scope = scopeOf({ n: 1 })): Promise<EvaluationOutcome> => {
  const [outcome] = await pool.evaluate({ expressions: [{ source, as: 'value' }], scope });
  if (!outcome) throw new Error('no outcome');
  return outcome;
};
const valueOf = async (source: string, scope?: EvaluationScope): Promise<unknown> => {
  const outcome = await evaluate(source, scope);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return JSON.parse(outcome.json);
};
const errorOf = async (source: string, scope?: EvaluationScope) => {
  const outcome = await evaluate(source, scope);
  if (outcome.ok) throw new Error(`gave ${outcome.json}`);
  return outcome.error;
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('data that says of itself that it is a function', () => {
  it.each(['_jsonata_lambda', '_jsonata_function'])('is data all the same: %s', async (mark) => {
    const body = { [mark]: true, n: 5, inner: { [mark]: true } };
    const step = { kind: 'json', json: JSON.stringify(body) } as const;
    const scope = scopeOf(body, { steps: new Map([['s', step]]) });
    expect(await valueOf('trigger.body.n', scope)).toBe(5);
    expect(await valueOf('trigger.body', scope)).toEqual(body);
    expect(await valueOf('steps.s.n', scope)).toBe(5);
  });

  it('is found in every spelling', async () => {
    const bytes = new TextEncoder().encode('{"\\u005fjsonata\\u005flambda":true,"n":5}');
    const raw = { kind: 'raw', bytes, contentType: 'application/json', eventId: 'e1' } as const;
    expect(await valueOf('trigger.body.n', scopeOf({}, { body: raw }))).toBe(5);
  });
});

describe('a request', () => {
  it('has one outcome an expression, in order, and neighbours do not share a fault', async () => {
    const sources = ['trigger.body.n', '1 +', '$error("no")', 'nothing', 'trigger.body.n + 1'];
    const outcomes = await pool.evaluate({
      expressions: sources.map((source) => ({ source, as: 'value' as const })),
      scope: scopeOf({ n: 1 }),
    });
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.json : outcome.error.code))).toEqual([
      '1',
      'syntax',
      'failed',
      'null',
      '2',
    ]);
  });

  it('without expressions is answered at once', async () => {
    expect(await pool.evaluate({ expressions: [], scope: scopeOf(1) })).toEqual([]);
  });

  it('sees values that refer to one another', async () => {
    const scope = scopeOf(
      { n: 1 },
      {
        steps: new Map([
          ['order', { kind: 'trigger' }],
          ['passed', { kind: 'step', stepId: 'order' }],
          ['both', { kind: 'steps', stepIds: ['passed', 'own'] }],
          ['own', { kind: 'json', json: '{"x":2}' }],
        ]),
        input: { kind: 'step', stepId: 'both' },
        item: '"i"',
        index: 7,
      },
    );
    for (let round = 0; round < 2; round += 1) {
      expect(await valueOf('steps.passed.body.n', scope)).toBe(1);
      expect(await valueOf('input.passed.id & input.own.x', scope)).toBe('e12');
      expect(await valueOf('$keys(steps)', scope)).toEqual(['order', 'passed', 'both', 'own']);
      expect(await valueOf('item & index', scope)).toBe('i7');
      expect(await valueOf('steps.unknown', scope)).toBeNull();
    }
  });

  it('survives values that refer to each other in a circle', async () => {
    const steps = new Map([
      ['a', { kind: 'step', stepId: 'b' } as const],
      ['b', { kind: 'step', stepId: 'a' } as const],
    ]);
    expect(await valueOf('steps.a', scopeOf(1, { steps }))).toBeNull();
  });

  it('reads the body by its type, and only where an expression needs it', async () => {
    const body = {
      kind: 'raw',
      bytes: Buffer.from('<a><b>1</b></a>'),
      contentType: 'text/xml',
      eventId: 'e',
    } as const;
    expect(await valueOf('trigger.body.a.b', scopeOf(null, { body }))).toBe('1');
    const broken = scopeOf(null, { body: { ...body, bytes: Buffer.from('<a>') } });
    for (let round = 0; round < 2; round += 1) {
      expect(await errorOf('trigger.body.a', broken)).toMatchObject({ code: 'unreadable_body' });
      expect(await errorOf('$$', broken)).toMatchObject({ code: 'unreadable_body' });
      expect(await valueOf('trigger.id', broken)).toBe('e1');
    }
    expect(await valueOf('trigger.body', scopeOf(null, { body: { kind: 'json', json: '[1]' } }))).toEqual([
      1,
    ]);
    const file = { ...body, contentType: 'image/png' };
    expect(await valueOf('trigger.body.ref', scopeOf(null, { body: file }))).toBe('e');
  });

  it('keeps odd texts whole', async () => {
    expect(await valueOf('trigger.body', scopeOf('a\u0000b\ud83d\ude00\ud800'))).toBe('a\u0000b😀\ud800');
    const huge = scopeOf(null, { body: { kind: 'json', json: '1e400' } });
    expect(await evaluate('trigger.body + 1', huge)).toMatchObject({ ok: false, error: { code: 'failed' } });
  });

  it('leaves functions out of results', async () => {
    expect(await valueOf('$sum')).toBeNull();
    expect(await valueOf('{"f": $sum, "g": function($x){$x}, "a": 1}')).toEqual({ a: 1 });
    expect(await valueOf('[function($x){$x}, /a/, 1]')).toEqual([null, null, 1]);
  });

  it('fails with a sentence that names the place', async () => {
    expect(await errorOf('trigger.body.n * "a"')).toEqual({
      code: 'failed',
      message: expect.stringMatching(
        /^The expression failed at character \d+: The right side.*\. Correct it/,
      ),
      position: expect.any(Number),
      reason: 'T2002',
    });
    expect((await errorOf('$error("Stock is empty")')).message).toBe(
      'The expression stopped with: Stock is empty.',
    );
  });
});

describe('many requests at once', () => {
  it('each get their own result', async () => {
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => valueOf('trigger.body.n * 2', scopeOf({ n }))),
    );
    expect(answers).toEqual(Array.from({ length: 1_000 }, (_, n) => n * 2));
  });

  it('may be larger than a frame', async () => {
    const text = 'x'.repeat(900_000);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => valueOf('$length(trigger.body)', scopeOf(text))),
    );
    expect(new Set(answers)).toEqual(new Set([900_000]));
  });
});

describe('a hostile expression fails alone, with a sentence, and its neighbours in the frame succeed', () => {
  const nested = `${'['.repeat(2_000)}1${']'.repeat(2_000)}`;
  it.each([
    ['a huge text', '$pad("x", 500000000)', ['crashed', 'timeout', 'too_large']],
    [
      'a text that doubles',
      '$reduce([1..60], function($a){ $a & $a }, "x")',
      ['failed', 'too_large', 'crashed'],
    ],
    ['endless tail recursion', '($f := function($x){ $f($x + 1) }; $f(1))', ['timeout']],
    ['endless recursion', '($f := function($x){ 1 + $f($x + 1) }; $f(1))', ['failed', 'timeout', 'crashed']],
    [
      'a catastrophic regular expression',
      '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)',
      ['timeout'],
    ],
    ['a huge range', '[1..9000000]', ['too_large']],
    [
      'ranges of ranges',
      '$map([1..100000], function($i){ [1..100000] })',
      ['too_large', 'timeout', 'crashed'],
    ],
    ['a result over 1 MiB', '$pad("x", 1100000)', ['too_large']],
    [
      'a result of results',
      '$reduce([1..40], function($a){ [$a, $a] }, "x")',
      ['too_large', 'failed', 'timeout', 'crashed'],
    ],
    ['a deep result', '$reduce([1..2000], function($a, $i){ {"a": $a} }, 1)', ['too_large', 'failed']],
    ['a deep source', nested, ['syntax', 'failed', 'too_large']],
    ['a source that doubles when parsed', `${'('.repeat(40)}a${' ?: b)'.repeat(40)}`, ['crashed', 'timeout']],
  ])('%s', async (_what, source, codes) => {
    const started = performance.now();
    const neighbours = () =>
      Array.from({ length: 20 }, (_, n) => valueOf('trigger.body.n + 1', scopeOf({ n })));
    const [before, error, after] = await Promise.all([
      Promise.all(neighbours()),
      errorOf(source),
      Promise.all(neighbours()),
    ]);
    expect(codes).toContain(error.code);
    expect(error.message).toMatch(/^[A-Z"].*\.$/);
    expect([...before, ...after]).toEqual([...Array(20).keys(), ...Array(20).keys()].map((n) => n + 1));
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('also when many are hostile', async () => {
    const hostile = ['$pad("x", 500000000)', '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)'];
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const source = n % 10 === 0 ? (hostile[(n / 10) % 2] ?? '') : 'trigger.body.n';
        const outcome = await evaluate(source, scopeOf({ n }));
        return outcome.ok ? Number(outcome.json) : 'failed';
      }),
    );
    expect(answers).toEqual(Array.from({ length: 40 }, (_, n) => (n % 10 === 0 ? 'failed' : n)));
  });

  it('and what it does to one expression of a step ends there', async () => {
    const outcomes = await pool.evaluate({
      expressions: ['trigger.body.n', '$pad("x", 500000000)'].map((source) => ({
        source,
        as: 'value' as const,
      })),
      scope: scopeOf({ n: 1 }),
    });
    expect(outcomes[0]).toEqual({ ok: true, json: '1' });
    expect(outcomes[1]?.ok).toBe(false);
  });
});

describe('there is no way out of an expression', () => {
  it.each([
    'trigger.__proto__',
    'trigger.constructor',
    '"x".constructor',
    '$string.constructor',
    '$string.implementation',
    '(function($x){$x}).environment',
    '$sum.*',
    '(function($x){$x}).*',
    'trigger.body.toString',
    '$lookup(trigger, "constructor")',
    '$lookup(trigger, "__proto__")',
    'process',
    '$process',
    '$require',
    '$eval("process")',
    '$eval("$require(\\"fs\\")")',
    '/a/.constructor',
    'globalThis',
  ])('%s', async (source) => {
    const outcome = await evaluate(source);
    expect(outcome.ok ? outcome.json : outcome.error.reason).toMatch(/^(null|T1006|D3121)$/);
  });

  it('keeps __proto__ an ordinary name', async () => {
    const body: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
    expect(await valueOf('trigger.body.polluted', scopeOf(body))).toBeNull();
    expect(await valueOf('trigger.body.__proto__.polluted', scopeOf(body))).toBe(true);
    expect((await evaluate('{"__proto__": {"polluted": 1}}')).ok).toBe(true);
    expect((await evaluate('$merge([{"__proto__": {"polluted": 1}}, {"a": 2}])')).ok).toBe(true);
    expect((await evaluate('{"a": {}} ~> |a|{"__proto__": {"polluted": 1}}|')).ok).toBe(true);
    expect(await valueOf('{"a": {}}.a.polluted')).toBeNull();
  });

  it('no run changes what the next one sees', async () => {
    const identity = '$clone := function($o){ $o }';
    await evaluate(`(${identity}; {"f": $uppercase} ~> |f|{"implementation": "x", "signature": 1}|)`);
    await evaluate(`(${identity}; {"f": $uppercase} ~> |f|{}, ["implementation", "_jsonata_function"]|)`);
    await evaluate(`(${identity}; {"f": $uppercase ~> $trim} ~> |f|{"body": 1}|)`);
    expect(await valueOf('$uppercase("a")')).toBe('A');
    expect(await valueOf('(($trim ~> $uppercase)(" a "))')).toBe('A');
    const outcomes = await pool.evaluate({
      expressions: [`(${identity}; trigger.body ~> |$|{"n": 99}|)`, 'trigger.body.n'].map((source) => ({
        source,
        as: 'value' as const,
      })),
      scope: scopeOf({ n: 1 }),
    });
    expect(outcomes[1]).toEqual({ ok: true, json: '1' });
  });

  it('every built-in function of the library is protected', async () => {
    const library = readFileSync(new URL(import.meta.resolve('jsonata')), 'utf8');
    const names = [...library.matchAll(/staticFrame\.bind\('(\w+)'/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(60);
    for (const name of new Set(names)) {
      const spoil = `($f := $${name}; $clone := function($o){ $o }; {"f": $f} ~> |f|{"implementation": "spoilt"}|)`;
      expect([name, (await evaluate(spoil)).ok]).toEqual([name, false]);
    }
  });

  it.runIf(process.platform === 'linux')('the children have no environment', () => {
    for (const pid of pool.pids) expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('HOME=');
  });
});

describe('a limit of time', () => {
  it('given with the request bounds the whole wait', async () => {
    const source = '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+b$/)';
    const request = { expressions: [{ source, as: 'value' as const }], scope: scopeOf(1), timeoutMs: 200 };
    expect(await pool.evaluate(request)).toMatchObject([{ ok: false, error: { code: 'timeout' } }]);
    expect(await valueOf('1 + 1')).toBe(2);
  });

  it('of a step bounds each expression, not the wait for its turn', async () => {
    const limited = (source: string) =>
      pool.evaluate({ expressions: [{ source, as: 'value' }], scope: scopeOf(1), limitMs: 150 });
    const slow = '($f := function($n) { $f($n + 1) }; $f(0))';
    const outcomes = await Promise.all([limited(slow), limited(slow), limited('1 + 1')]);
    expect(outcomes.map(([outcome]) => outcome)).toMatchObject([
      { ok: false, error: { code: 'timeout', message: expect.stringContaining('150 ms') } },
      { ok: false, error: { code: 'timeout' } },
      { ok: true, json: '2' },
    ]);
  });
});

describe('reading a body for a sender who waits', () => {
  it('says whether it can be read', async () => {
    expect(await pool.readBody(Buffer.from('<a/>'), 'text/xml', 10_000)).toEqual({ ok: true });
    expect(await pool.readBody(Buffer.from('<a>'), 'text/xml', 10_000)).toMatchObject({
      ok: false,
      reason: 'xml',
    });
    expect(await pool.readBody(Buffer.from('--b'), 'multipart/form-data; boundary=b', 10_000)).toMatchObject({
      ok: false,
      reason: 'multipart',
    });
  });
});

describe('a JSON Schema', () => {
  const schema = JSON.stringify({
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer' },
      name: { pattern: '^[A-Z]' },
      lines: { items: { type: 'number' } },
    },
    additionalProperties: false,
  });
  /** A machine that runs many tests is slow. */
  const patienceMs = 10_000;
  const check = (body: unknown, by = schema, timeoutMs = patienceMs) =>
    pool.validate(by, Buffer.from(JSON.stringify(body)), 'application/json', timeoutMs);

  it('accepts the declared shape and lists what differs', async () => {
    expect(await pool.checkSchema(schema)).toEqual({ ok: true });
    expect(await check({ id: 1, name: 'Ada' })).toEqual({ ok: true, errors: [] });
    expect(await check({ name: 'ada', lines: [1, 'x'], extra: 1 })).toEqual({
      ok: true,
      errors: expect.arrayContaining([
        { path: '', message: "must have required property 'id'" },
        { path: '', message: 'must NOT have additional properties (extra)' },
        { path: 'name', message: 'must match pattern "^[A-Z]"' },
        { path: 'lines.1', message: 'must be number' },
      ]),
    });
  });

  it('reads the body by its type', async () => {
    const byField = '{"properties":{"a":{"const":"1"}}}';
    const form = 'application/x-www-form-urlencoded';
    expect(await pool.validate(byField, Buffer.from('a=1'), form, patienceMs)).toEqual({
      ok: true,
      errors: [],
    });
    expect(await pool.validate(byField, Buffer.from('{'), 'application/json', patienceMs)).toMatchObject({
      reason: 'json',
    });
  });

  it.each([
    ['no JSON', '{'],
    ['no schema', '5'],
    ['a wrong keyword', '{"type":"nonsense"}'],
    ['a reference to elsewhere', '{"$ref":"https://example.com/schema.json"}'],
    ['a bad pattern', '{"pattern":"("}'],
    ['too much', JSON.stringify({ description: 'x'.repeat(300_000) })],
    ['too deep', `${'{"not":'.repeat(80)}{}${'}'.repeat(80)}`],
  ])('that is %s is refused with a sentence', async (_what, json) => {
    const answer = await pool.checkSchema(json);
    expect(answer).toMatchObject({ ok: false, message: expect.stringMatching(/^The JSON Schema .*\.$/) });
    expect(await check({}, json)).toMatchObject({ ok: false, reason: 'schema' });
  });

  it('takes drafts 7, 2019-09 and 2020-12, and two schemas of one $id', async () => {
    for (const draft of [
      'http://json-schema.org/draft-07/schema#',
      'https://json-schema.org/draft/2019-09/schema',
    ]) {
      expect(
        await pool.checkSchema(
          JSON.stringify({ $schema: draft, $id: 'https://example.com/x', type: 'object' }),
        ),
      ).toEqual({
        ok: true,
      });
    }
    expect(await check(1, '{"$id":"https://example.com/y","type":"string"}')).toMatchObject({
      errors: [{ path: '' }],
    });
    expect(await check(1, '{"$id":"https://example.com/y","type":"number"}')).toEqual({
      ok: true,
      errors: [],
    });
  });

  it('with a catastrophic pattern times out alone', async () => {
    const slow = JSON.stringify({ pattern: '^(a+)+$' });
    const body = `${'a'.repeat(40)}!`;
    const answers = await Promise.all([check(body, slow, 300), check({ id: 1 })]);
    expect(answers).toEqual([{ timedOut: true }, { ok: true, errors: [] }]);
    expect(await check({ id: 1 })).toEqual({ ok: true, errors: [] });
  });
});

describe('checking syntax', () => {
  it('says of each source what is wrong with it', async () => {
    expect(await pool.check(['a >', 'a', 'b c'])).toEqual([
      expect.objectContaining({ position: 3, message: expect.stringContaining('ends too early') }),
      undefined,
      expect.objectContaining({ message: expect.stringContaining('"c" does not fit') }),
    ]);
  });

  it('survives a source that doubles when parsed', async () => {
    const [problem] = await pool.check([`${'('.repeat(60)}a${' ?: b)'.repeat(60)}`]);
    expect(problem?.message).toContain('too long to read');
  });
});

describe('a closed pool', () => {
  it('refuses what comes, lets go what waits, and leaves no process', async () => {
    const own = createEvaluatorPool();
    const request = { expressions: [{ source: '1', as: 'value' as const }], scope: scopeOf(1) };
    await own.evaluate(request);
    const { pids } = own;
    const waiting = own.evaluate(request).catch((error: unknown) => error);
    await own.close();
    expect(await waiting).toBeInstanceOf(EvaluatorClosedError);
    await expect(own.evaluate(request)).rejects.toBeInstanceOf(EvaluatorClosedError);
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  });
});

describe('a parent that is killed', () => {
  it('leaves no child behind', async () => {
    const entry = new URL('../../dist/index.js', import.meta.url).href;
    const script = `import(${JSON.stringify(entry)}).then(({ createEvaluatorPool }) => {
      const pool = createEvaluatorPool();
      pool.warm();
      console.log(pool.pids[0]);
      setInterval(() => undefined, 1000);
    });`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(parent.stdout, 'data');
    const child = Number(String(line));
    expect(isAlive(child)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(child)).toBe(false);
  });
});

describe('a child that is killed from outside', () => {
  it('costs time but no outcome', async () => {
    await valueOf('1');
    for (const pid of pool.pids) {
      const slow = valueOf('$count([1..2000][$ % 2 = 0])');
      process.kill(pid, 'SIGKILL');
      expect(await slow).toBe(1_000);
    }
    expect(await valueOf('2')).toBe(2);
  });
});
