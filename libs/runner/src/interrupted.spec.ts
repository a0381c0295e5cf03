import { LOOP } from '@hookloom/contracts';
import type { Evaluator } from '@hookloom/expressions';
import {
  callWorkflow,
  Evaluated,
  loopOver,
  output,
  PermanentError,
  respond,
  RetryableError,
  suspend,
} from '@hookloom/step-kit';
import { describe, expect, it } from 'vitest';
import { aRun, AWAITED_EVENT, aWorkshop, type Act } from '../test/workshop.js';
import { CompiledWorkflows } from './index.js';

/** Fails so often, then does what it is there for. */
function awayFor<Given extends unknown[], T>(times: number, work: (...given: Given) => Promise<T>) {
  let left = times;
  return async (...given: Given): Promise<T> => {
    left -= 1;
    if (left >= 0) throw new Error('connection reset');
    return work(...given);
  };
}

const ANSWER = respond({ status: 201, headers: {}, body: 'ok' });

/** A loop of one round, whose steps are done side by side. */
function aLoopShop(body: Record<string, Act>, repeat: 'keyed' | 'unsafe' = 'keyed') {
  const loop: Act = () => loopOver(Evaluated.of('[1]'), { concurrency: 1, onItemError: 'continue' });
  const steps = Object.keys(body).map((id) => ({ id, type: id }));
  const shop = aWorkshop([{ id: 'each', type: LOOP.type }, ...steps], { [LOOP.type]: loop, ...body }, repeat);
  for (const edge of shop.definition.edges.slice(1)) {
    Object.assign(edge, { source: 'each', sourceHandle: LOOP.each });
  }
  return shop;
}

const untilAborted: Act = ({ signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

/** Reads what the steps before gave, as the real one does, and gives a text. */
const readsAll: Evaluator['evaluate'] = async ({ expressions, scope }) => {
  for (const value of scope.steps.values()) if (value.kind === 'later') await value.load();
  return expressions.map(() => ({ ok: true, json: '"x"' }) as const);
};

describe('while the database is away', () => {
  it('a run that could not begin is put back as soon as that can be written', async () => {
    const shop = aWorkshop([{}], { s0: () => output(1) });
    const source = { load: () => Promise.reject(new Error('connection reset')) };
    shop.deps.workflows = new CompiledWorkflows(source, new Map());
    shop.store.failures.push(new Error('connection reset'));
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'asleep' });
  });

  it('a step that cannot read what came before is put back, and not failed', async () => {
    const shop = aWorkshop([{}, {}, { config: { text: '{{ steps.s0 }}' } }], {
      s0: () => output('x'.repeat(40_000)),
      s1: ({ now }) => suspend(now + 10, 'out'),
      s2: () => output(2),
    });
    shop.deps.evaluator = { ...shop.deps.evaluator, evaluate: readsAll };
    await shop.go();
    shop.clock.now += 10;
    shop.store.loadValue = awayFor(1, shop.store.loadValue.bind(shop.store));
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'asleep' });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'succeeded' });
  });

  it('an effect at the end of a round is kept, although what the round gave cannot be read', async () => {
    let effects = 0;
    const sent: Act = ({ attempt }) => {
      if (attempt === 1) throw new RetryableError('Busy.', { retryAfterMs: 1_000 });
      effects += 1;
      return output(effects);
    };
    const shop = aLoopShop({ big: () => output('x'.repeat(40_000)), sent }, 'unsafe');
    await shop.go();
    shop.clock.now += 2_000;
    shop.store.loadValue = awayFor(1, shop.store.loadValue.bind(shop.store));
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'asleep' });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'succeeded' });
    expect(effects).toBe(1);
  });

  it('an answer that could not be handed over is handed over later', async () => {
    const shop = aWorkshop([{ type: 'respond' }], { respond: () => ANSWER });
    shop.store.add({ ...aRun(shop.id), kind: 'event', event: AWAITED_EVENT });
    shop.store.respond = awayFor(1, shop.store.respond.bind(shop.store));
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'asleep' });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'succeeded' });
    expect(shop.store.responses).toMatchObject([{ kind: 'respond' }]);
  });

  it('what was done stands, although nobody can be told of the end', async () => {
    const shop = aWorkshop([{}], { s0: () => output(1) });
    shop.store.add({ ...aRun(shop.id), parentRunId: 'parent' });
    shop.deps.evaluator = { ...shop.deps.evaluator, evaluate: readsAll };
    shop.store.answerParent = awayFor(1, shop.store.answerParent.bind(shop.store));
    shop.store.release = awayFor(1, shop.store.release.bind(shop.store));
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'asleep' });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'succeeded' });
  });
});

describe('a run that goes on in another process', () => {
  it('still knows a long answer, for the run that called it', async () => {
    const body = 'y'.repeat(40_000);
    const shop = aWorkshop([{ type: 'respond' }, {}], {
      respond: () => respond({ status: 200, headers: {}, body }),
      s1: ({ now }) => suspend(now + 10, 'out'),
    });
    shop.store.add({ ...aRun(shop.id), parentRunId: 'parent' });
    shop.deps.evaluator = { ...shop.deps.evaluator, evaluate: readsAll };
    await shop.go();
    shop.clock.now += 10;
    await shop.go();
    expect(shop.store.toldParents).toEqual([{ outputJson: JSON.stringify(body) }]);
  });

  it('takes a disabled answer for none', async () => {
    const shop = aWorkshop([{ type: 'respond', disabled: true }, {}], {
      respond: () => ANSWER,
      s1: ({ now }) => suspend(now + 10, 'out'),
    });
    shop.store.add({ ...aRun(shop.id), kind: 'event', event: AWAITED_EVENT });
    shop.deps.evaluator = { ...shop.deps.evaluator, evaluate: readsAll };
    await shop.go();
    shop.clock.now += 10;
    await shop.go();
    expect(shop.store.responses).toMatchObject([{ kind: 'ended' }]);
  });
});

describe('a step that calls a workflow', () => {
  it('waits for no longer than its time limit, and says that the other goes on', async () => {
    const shop = aWorkshop([{ timeoutMs: 500 }], { s0: () => callWorkflow('other', null) });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'asleep', until: shop.clock.now + 500 });
    shop.clock.now += 500;
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'failed', error: { code: 'timeout' } });
    expect(shop.store.children).toHaveLength(1);
  });
});

describe('a worker that cannot wait any longer', () => {
  it('does not take a loop for done whose round failed beside the step that it stopped', async () => {
    const drain = new AbortController();
    const hurry = new AbortController();
    const refused: Act = async () => {
      setTimeout(() => (drain.abort(), hurry.abort()), 1);
      throw new PermanentError('No.');
    };
    const shop = aLoopShop({ refused, slow: untilAborted });
    await shop.go({ draining: drain.signal, hurry: hurry.signal });
    expect(shop.end()).toMatchObject({ kind: 'handedBack' });
    await shop.go();
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'succeeded' });
    expect(shop.journal().at(-1)).toMatchObject({ kind: 'succeeded', path: 'each', output: [null] });
  });

  it('begins no step whose run was stopped while the step was made ready', async () => {
    const cancel = new AbortController();
    let begun = 0;
    const s0: Act = () => {
      begun += 1;
      return output(1);
    };
    const shop = aWorkshop([{ config: { text: '{{ vars.a }}' } }], { s0 });
    shop.deps.evaluator = { ...shop.deps.evaluator, evaluate: readsAll };
    shop.deps.variables = { load: async () => (cancel.abort(), '{}') };
    await shop.go({ cancelled: cancel.signal });
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'cancelled' });
    expect(begun).toBe(0);
  });
});
