import {
  ConfigurationError,
  Evaluated,
  output,
  PermanentError,
  respond,
  RetryableError,
  stopRun,
  suspend,
  type StepOutcome,
} from '@hookloom/step-kit';
import type { Evaluator } from '@hookloom/expressions';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aRun, AWAITED_EVENT, aWorkshop, type Act } from '../test/workshop.js';
import { advance, CompiledWorkflows, DefinitionGone, type Clearance } from './index.js';

describe('advance', () => {
  it('does all steps in order and finishes with one write', async () => {
    const shop = aWorkshop([{}, {}], { s0: () => output({ n: 1 }), s1: () => output('done') });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'succeeded' });
    expect(shop.journal().map((entry) => 'path' in entry && entry.path)).toEqual(['start', 's0', 's1']);
  });

  it('repeats a retryable failure as a sleeping row and then succeeds, with the same idempotency key', async () => {
    const keys: string[] = [];
    const shop = aWorkshop([{}], {
      s0: ({ attempt, idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (attempt === 1) throw new RetryableError('The other side is busy.', { retryAfterMs: 7_000 });
        return output('ok');
      },
    });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'asleep', until: shop.clock.now + 7_000 });
    shop.clock.now += 7_000;
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'succeeded' });
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(2);
  });

  it('puts the run aside, no attempt charged, while a destination must not be called', async () => {
    const calls: [number, number][] = [];
    const shop = aWorkshop([{ retry: { maxAttempts: 1 } }], {
      s0: async ({ attempt, http, signal, now }) => {
        await http.send({ method: 'GET', url: 'https://api.example.com/', signal });
        calls.push([attempt, now]);
        return output('ok');
      },
    });
    const until = shop.clock.now + 5_000;
    const told: Clearance[] = [{ kind: 'wait', until, reason: 'Later.', turnUntil: until + 1_000 }];
    shop.deps.destinations = { ask: async () => told.shift() ?? { kind: 'clear' }, note: () => undefined };
    shop.deps.http = { send: async ({ url }) => ({ status: 200, headers: {}, body: Buffer.of(), url }) };
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'asleep', until });
    expect(shop.journal().at(-1)).toMatchObject({ kind: 'postponed', attempt: 1, until, reason: 'Later.' });
    shop.clock.now = until;
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'succeeded' });
    expect(calls).toEqual([[1, until]]);
  });

  it('fails for good after the last attempt, and what follows never starts', async () => {
    const shop = aWorkshop([{ retry: { maxAttempts: 2, initialDelayMs: 0 } }, {}], {
      s0: () => {
        throw new RetryableError('Busy.', { status: 503 });
      },
      s1: () => output(1),
    });
    await shop.go();
    await shop.go();
    expect(shop.end()).toMatchObject({
      kind: 'finished',
      status: 'failed',
      error: { message: 'Busy.', status: 503, stepId: 's0' },
    });
    expect(shop.journal().some((entry) => 'path' in entry && entry.path === 's1')).toBe(false);
  });

  it('takes the retries of the workflow where the step has none of its own', async () => {
    const fail: Act = () => {
      throw new RetryableError('Busy.');
    };
    const retry = { maxAttempts: 1 };
    const inheriting = aWorkshop([{}], { s0: fail }, 'keyed', { retry });
    await inheriting.go();
    expect(inheriting.end()).toMatchObject({ kind: 'finished', status: 'failed' });
    const overriding = aWorkshop([{ retry: { maxAttempts: 2 } }], { s0: fail }, 'keyed', { retry });
    await overriding.go();
    expect(overriding.end()).toMatchObject({ kind: 'asleep' });
  });

  it.each([
    ['what the other side refused', new PermanentError('No.')],
    ['what the author must mend', new ConfigurationError('No such channel.')],
  ])('does not repeat %s', async (_name, error) => {
    const shop = aWorkshop([{}], {
      s0: () => {
        throw error;
      },
    });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'failed' });
  });

  it('goes on with the error as output under onError continue', async () => {
    const shop = aWorkshop([{ onError: 'continue' }, {}], {
      s0: () => {
        throw new PermanentError('Refused.', { status: 404, code: 'http_status' });
      },
      s1: () => output('after'),
    });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'succeeded' });
    expect(shop.journal()[1]).toMatchObject({
      output: { code: 'http_status', message: 'Refused.', status: 404, stepId: 's0' },
    });
  });

  it('leaves by the handle error under onError branch', async () => {
    const shop = aWorkshop([{ onError: 'branch' }, {}], {
      s0: () => {
        throw new PermanentError('Refused.');
      },
      s1: () => output(1),
    });
    shop.definition.edges[1]!.sourceHandle = 'error';
    await shop.go();
    expect(shop.journal().map((entry) => 'path' in entry && entry.path)).toContain('s1');
  });

  it('passes a disabled step over', async () => {
    const shop = aWorkshop([{ disabled: true }, {}], {
      s0: () => {
        throw new Error('must not run');
      },
      s1: () => output(1),
    });
    await shop.go();
    expect(shop.journal()[1]).toMatchObject({ path: 's0', kind: 'succeeded', passes: true });
    expect(shop.end()).toMatchObject({ status: 'succeeded' });
  });

  it('ends early by a stop step', async () => {
    const shop = aWorkshop([{}, {}], { s0: () => stopRun('failed', 'Too small.'), s1: () => output(1) });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'failed', error: { message: 'Too small.' } });
  });

  it('says nothing of the inside of a fault of ours, but reports it', async () => {
    const shop = aWorkshop([{}], {
      s0: () => {
        throw new TypeError('secret inside');
      },
    });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'failed', error: { code: 'internal' } });
    expect(JSON.stringify(shop.journal())).not.toContain('secret inside');
    expect(shop.faults).toHaveLength(1);
  });

  it('stops a step that takes too long and tries it again later', async () => {
    const shop = aWorkshop([{ timeoutMs: 20 }], {
      s0: ({ signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'asleep' });
    expect(shop.journal()[1]).toMatchObject({ kind: 'failed', error: { code: 'timeout' } });
  });

  it('refuses an output over 1 MiB with a sentence', async () => {
    const shop = aWorkshop([{}], { s0: () => output('x'.repeat(1_048_577)) });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'failed', error: { code: 'output_too_large' } });
  });

  it('refuses a JSON text over 1 MiB too', async () => {
    const shop = aWorkshop([{}], { s0: () => output(Evaluated.of(`"${'x'.repeat(1_048_577)}"`)) });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'failed', error: { code: 'output_too_large' } });
  });

  it('counts the outputs that a run had before it went on', async () => {
    const shop = aWorkshop([{}, {}], { s0: () => output(1), s1: () => output('x'.repeat(1_000)) });
    const had = (id: string, value: unknown) =>
      ({
        kind: 'succeeded',
        stepId: id,
        path: id,
        attempt: 1,
        startedAt: 1,
        at: 1,
        handle: 'out',
        output: value,
      }) as const;
    const journal = [had('start', null), had('s0', 'x'.repeat(8 * 1024 * 1024 - 500))];
    shop.store.add({ ...aRun(shop.id), journal });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'failed', error: { code: 'run_too_large' } });
  });

  it('stores an output over 32 KiB beside the journal', async () => {
    const shop = aWorkshop([{}], { s0: () => output('x'.repeat(40_000)) });
    await shop.go();
    expect(shop.journal()[1]).toMatchObject({ outputRef: { bytes: 40_002 } });
    expect(JSON.stringify(shop.journal()).length).toBeLessThan(2_000);
  });
});

describe('a crash, a lost lease, a database that is away', () => {
  it('announces an unsafe step durably before it acts', async () => {
    const shop = aWorkshop(
      [{}],
      {
        s0: () => {
          expect(shop.journal().at(-1)).toMatchObject({ kind: 'started', path: 's0' });
          return output(1);
        },
      },
      'unsafe',
    );
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'succeeded' });
  });

  it('keeps every entry when unsafe branches run side by side', async () => {
    const later = (): Promise<StepOutcome> =>
      new Promise((resolve) => setImmediate(() => resolve(output(1))));
    const shop = aWorkshop([{}, {}, {}], { s0: later, s1: later, s2: later }, 'unsafe');
    for (const edge of shop.definition.edges) edge.source = 'start';
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'succeeded' });
    const told = shop.journal().map((entry) => `${entry.kind} ${'path' in entry ? entry.path : ''}`);
    expect(told.toSorted()).toEqual(
      ['start', 's0', 's1', 's2']
        .flatMap((id) => [...(id === 'start' ? [] : [`started ${id}`]), `succeeded ${id}`])
        .toSorted(),
    );
  });

  it('does not act when the run is no longer its own', async () => {
    const acted: string[] = [];
    const shop = aWorkshop(
      [{}, {}],
      {
        s0: () => {
          shop.store.takeAway(shop.id);
          return output(1);
        },
        s1: () => {
          acted.push('s1');
          return output(2);
        },
      },
      'unsafe',
    );
    await shop.go();
    expect(acted).toEqual([]);
    expect(shop.end()).toBeUndefined();
  });

  it.each([
    ['repeat', undefined, 'succeeded'],
    ['fail', 'fail', 'failed'],
  ] as const)('settles an unknown effect by onUnknown %s', async (_name, onUnknown, status) => {
    const shop = aWorkshop([onUnknown ? { onUnknown } : {}], { s0: () => output(1) }, 'unsafe');
    const started = { kind: 'started', stepId: 's0', path: 's0', attempt: 1, at: 1 } as const;
    const done = {
      kind: 'succeeded',
      stepId: 'start',
      path: 'start',
      attempt: 1,
      startedAt: 1,
      at: 1,
      handle: 'out',
      passes: true,
    } as const;
    shop.store.add({ ...aRun(shop.id), journal: [done, started] });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status });
  });

  it('shows what a run has done, and what it does, while a step takes long', async () => {
    const shop = aWorkshop([{}, {}], {
      s0: () => output(1),
      s1: async () => {
        await expect.poll(() => shop.journal().length, { timeout: 5_000 }).toBe(3);
        return output(2);
      },
    });
    await shop.go();
    expect(shop.journal()).toMatchObject([
      { kind: 'succeeded', path: 'start' },
      { kind: 'succeeded', path: 's0' },
      { kind: 'started', path: 's1', attempt: 1, onlyShown: true },
      { kind: 'succeeded', path: 's1', attempt: 1 },
    ]);
    expect(shop.end()).toMatchObject({ status: 'succeeded' });
  });

  it.each([
    ['a wait', suspend(Number.MAX_SAFE_INTEGER, 'timeout', { waitsFor: 'approval' }), 'asleep'],
    ['an answer', respond({ status: 200, headers: {}, body: 'ok' }), 'finished'],
  ] as const)(
    'lets %s stand, also when it is time to show the run while it is kept',
    async (_name, outcome, end) => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      onTestFinished(() => void vi.useRealTimers());
      const shop = aWorkshop([{}], { s0: () => outcome });
      shop.store.add({ ...aRun(shop.id), kind: 'event', event: AWAITED_EVENT });
      const { append, respond: answer } = shop.store;
      const showNow = () => vi.advanceTimersByTime(1_000);
      shop.store.append = (...written) => (showNow(), append.apply(shop.store, written));
      shop.store.respond = (...given) => (showNow(), answer.apply(shop.store, given));
      await shop.go();
      expect(shop.journal().at(-1)?.kind).not.toBe('started');
      expect(shop.end()).toMatchObject({ kind: end });
    },
  );

  it('does a step that was only shown again, and charges nothing for it', async () => {
    const shop = aWorkshop([{ onUnknown: 'fail' }], { s0: () => output(1) });
    const start = { stepId: 'start', path: 'start', attempt: 1, startedAt: 1, at: 1, handle: 'out' };
    const shown = { stepId: 's0', path: 's0', attempt: 1, at: 1, onlyShown: true } as const;
    shop.store.add({
      ...aRun(shop.id),
      journal: [
        { kind: 'succeeded', ...start, passes: true },
        { kind: 'started', ...shown },
      ],
    });
    await shop.go();
    expect(shop.journal().at(-1)).toMatchObject({ kind: 'succeeded', path: 's0', attempt: 1 });
  });

  it('makes an effect durable before the next one', async () => {
    const shop = aWorkshop([{}, {}], {
      s0: () => output(1),
      s1: () => {
        expect(shop.journal().map((entry) => 'path' in entry && entry.path)).toContain('s0');
        return output(2);
      },
    });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'succeeded' });
  });

  it('writes again until the database is back', async () => {
    const shop = aWorkshop([{}], { s0: () => output(1) });
    shop.store.failures.push(new Error('connection reset'), new Error('starting up'));
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'succeeded' });
  });

  it('puts the run back, uncharged, when a part of ours is away before the step acts', async () => {
    const shop = aWorkshop([{ config: { connection: 'mail' } }], { s0: () => output(1) });
    const type = shop.deps.workflows;
    expect(type).toBeDefined();
    const away = {
      ...shop.deps,
      workflows: new CompiledWorkflows(
        {
          load: async () => {
            throw new Error('connection reset');
          },
        },
        new Map(),
      ),
    };
    const [run] = await shop.store.claim(1);
    const never = new AbortController().signal;
    await advance(away, run!, { lost: never, cancelled: never, draining: never, hurry: never });
    expect(shop.end()).toMatchObject({ kind: 'asleep' });
    expect(shop.journal()).toEqual([]);
  });

  it('lets the other branches finish when a part of ours is away for one', async () => {
    const shop = aWorkshop(
      [{}, { config: { text: '{{ vars.a }}' } }],
      {
        s0: async ({ signal }) => {
          await isAway;
          await new Promise((resolve) => setTimeout(resolve, 5));
          return output(signal.aborted ? 'stopped' : 'sent');
        },
        s1: () => output(2),
      },
      'unsafe',
    );
    shop.definition.edges[1]!.source = 'start';
    let tellAway = (): void => undefined;
    const isAway = new Promise<void>((resolve) => (tellAway = resolve));
    const variables = {
      load: async () => {
        tellAway();
        throw new Error('connection reset');
      },
    };
    const evaluator = { ...shop.deps.evaluator, evaluate: async () => [] };
    const [run] = await shop.store.claim(1);
    const never = new AbortController().signal;
    const control = { lost: never, cancelled: never, draining: never, hurry: never };
    await advance({ ...shop.deps, variables, evaluator }, run!, control);
    expect(shop.end()).toMatchObject({ kind: 'asleep' });
    expect(shop.journal()).toContainEqual(
      expect.objectContaining({ kind: 'succeeded', path: 's0', output: 'sent' }),
    );
  });

  it('ends a run whose journal cannot be read, and leaves what is stored of it', async () => {
    const shop = aWorkshop([{}], { s0: () => output(1) });
    shop.store.add({ ...aRun(shop.id), unreadableEntries: 0 });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'failed', error: { code: 'journal_unreadable' } });
  });

  it('ends a run whose workflow was deleted instead of claiming it for ever', async () => {
    const shop = aWorkshop([{}], { s0: () => output(1) });
    const source = { load: () => Promise.reject(new DefinitionGone()) };
    const gone = { ...shop.deps, workflows: new CompiledWorkflows(source, new Map()) };
    const [run] = await shop.store.claim(1);
    const never = new AbortController().signal;
    await advance(gone, run!, { lost: never, cancelled: never, draining: never, hurry: never });
    expect(shop.end()).toMatchObject({ kind: 'finished', error: { code: 'definition_gone' } });
    expect(shop.told).toEqual(['failed']);
    expect(shop.faults).toEqual([]);
  });

  it('says nothing of an end that it could not write, because the run is another worker’s', async () => {
    const shop = aWorkshop([{}], {
      s0: () => {
        shop.store.takeAway(shop.id);
        return output(1);
      },
    });
    await shop.go();
    expect(shop.told).toEqual([]);
  });

  it('ends a run that no plan can follow instead of claiming it for ever', async () => {
    const shop = aWorkshop([{}], { s0: () => output(1) });
    shop.definition.edges.push({ source: 's0', target: 'start' });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'failed', error: { code: 'unplannable' } });
  });
});

describe('people and the clock', () => {
  it('hands the run back between two steps when the worker drains', async () => {
    const drain = new AbortController();
    const shop = aWorkshop([{}, {}], {
      s0: () => {
        drain.abort();
        return output(1);
      },
      s1: () => output(2),
    });
    await shop.go({ draining: drain.signal });
    expect(shop.end()).toMatchObject({ kind: 'handedBack' });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'succeeded' });
  });

  it('stops a long step and hands its run back when a worker that drains cannot wait any longer', async () => {
    const drain = new AbortController();
    const hurry = new AbortController();
    let tries = 0;
    const shop = aWorkshop([{}], {
      s0: ({ signal }) => {
        tries += 1;
        if (tries > 1) return output('done');
        drain.abort();
        queueMicrotask(() => hurry.abort());
        return new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        );
      },
    });
    await shop.go({ draining: drain.signal, hurry: hurry.signal });
    expect(shop.end()).toMatchObject({ kind: 'handedBack' });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'succeeded' });
  });

  it('tells expressions the run’s own start, whoever goes on with it', async () => {
    const seen: string[] = [];
    const shop = aWorkshop([{ config: { text: '{{ run.startedAt }}' } }], { s0: () => output(1) });
    const evaluator: Evaluator = {
      evaluate: async ({ scope, expressions }) => {
        seen.push(JSON.parse(scope.run).startedAt);
        return expressions.map(() => ({ ok: true, json: '"x"' }) as const);
      },
      close: async () => undefined,
    };
    const [run] = await shop.store.claim(1);
    const never = new AbortController().signal;
    const control = { lost: never, cancelled: never, draining: never, hurry: never };
    await advance({ ...shop.deps, evaluator }, run!, control);
    expect(seen).toEqual([new Date(5).toISOString()]);
  });

  it('cancels a run in the middle of a step', async () => {
    const cancel = new AbortController();
    const shop = aWorkshop([{}, {}], { s0: () => new Promise(() => cancel.abort()), s1: () => output(2) });
    await shop.go({ cancelled: cancel.signal });
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'cancelled' });
  });

  it('ends a run whose time is up, counting what it spent before', async () => {
    const shop = aWorkshop([{}], { s0: () => output(1) });
    shop.store.add({ ...aRun(shop.id), spentSeconds: 86_401 });
    await shop.go();
    expect(shop.end()).toMatchObject({ status: 'failed', error: { code: 'run_timeout' } });
  });
});
