import type { JournalEntry, OnItemError, WorkflowDefinition } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import {
  apply,
  checkGraph,
  decide,
  fold,
  planOf,
  putBack,
  stepState,
  stepResults,
  takeStep,
  type RunState,
} from './index.js';

type Edge = readonly [source: string, target: string, handle?: string | undefined];

/** Steps by the ids that the edges name; ids that begin with `each` are loops. */
function aGraph(edges: readonly Edge[]): WorkflowDefinition {
  const ids = [...new Set(edges.flatMap(([source, target]) => [source, target]))];
  const typeOf = (id: string): string =>
    id === 'start' ? 'trigger.manual' : id.startsWith('each') ? 'foreach' : 'transform';
  return {
    format: 1,
    steps: ids.map((id) => ({ id, type: typeOf(id), config: {} })),
    edges: edges.map(([source, target, sourceHandle]) => ({
      source,
      target,
      ...(sourceHandle ? { sourceHandle } : {}),
    })),
    settings: {},
  };
}

const simple = aGraph([
  ['start', 'each'],
  ['each', 'call', 'each'],
  ['call', 'note'],
  ['each', 'after', 'done'],
]);

const on = (path: string) => ({
  stepId: path.split('.').at(-1) ?? path,
  path,
  attempt: 1,
  startedAt: 0,
  at: 0,
});
const done = (path: string, handle = 'out'): JournalEntry => ({ kind: 'succeeded', ...on(path), handle });
const failed = (path: string): JournalEntry => ({
  kind: 'failed',
  ...on(path),
  error: { code: 'no', message: 'No.' },
});
const looping = (
  path: string,
  count: number,
  concurrency = 1,
  onItemError: OnItemError = 'stop',
): JournalEntry => ({
  kind: 'looping',
  ...on(path),
  count,
  concurrency,
  onItemError,
});
const after = (definition: WorkflowDefinition, ...entries: JournalEntry[]): RunState =>
  fold(planOf(definition, 'start'), entries);
const next = (state: RunState) => {
  const decision = decide(state, 0);
  return decision.kind === 'execute' ? decision.paths : decision.kind;
};

describe('rounds', () => {
  it('are done one after the other, then the loop gives what they gave, then what follows', () => {
    const state = after(simple, done('start'), looping('each', 2));
    expect(next(state)).toEqual(['each[0].call']);
    apply(state, done('each[0].call'));
    expect(next(state)).toEqual(['each[0].note']);
    apply(state, done('each[0].note'));
    expect(next(state)).toEqual(['each[1].call']);
    for (const step of ['each[1].call', 'each[1].note']) apply(state, done(step));
    expect(next(state)).toEqual(['each']);
    apply(state, done('each', 'done'));
    expect(next(state)).toEqual(['after']);
    expect(state.endedRounds.map(({ index, lastSteps }) => [index, lastSteps])).toEqual([
      [0, ['note']],
      [1, ['note']],
    ]);
  });

  it('are done side by side up to the concurrency, and leave nothing behind when over', () => {
    const state = after(simple, done('start'), looping('each', 10_000, 3));
    expect(next(state)).toEqual(['each[0].call', 'each[1].call', 'each[2].call']);
    for (let index = 0; index < 10_000; index += 1) {
      apply(state, done(`each[${index}].call`));
      apply(state, done(`each[${index}].note`));
      expect(state.steps.size).toBeLessThan(12);
    }
    expect(next(state)).toEqual(['each']);
  });

  it('do not run ahead of a slow one without end', () => {
    const state = after(simple, done('start'), looping('each', 5_000, 2));
    for (let index = 1; index < 5_000 && state.steps.has(`each[${index}].call`); index += 1) {
      apply(state, done(`each[${index}].call`));
      apply(state, done(`each[${index}].note`));
    }
    expect(stepState(state, 'each').loop?.next).toBe(1_000);
  });

  it('end at the first failure under stop: what is running finishes, nothing further begins', () => {
    const state = after(simple, done('start'), looping('each', 5, 2));
    takeStep(state, 'each[0].call');
    takeStep(state, 'each[1].call');
    apply(state, failed('each[0].call'));
    expect(next(state)).toBe('idle');
    apply(state, done('each[1].call'));
    expect(next(state)).toEqual(['each']);
    apply(state, failed('each'));
    expect(decide(state, 0)).toMatchObject({ kind: 'finish', status: 'failed', error: { code: 'no' } });
  });

  it.each(['continue', 'collect'] as const)('go on after a failure under %s', (onItemError) => {
    const state = after(simple, done('start'), looping('each', 2, 1, onItemError), failed('each[0].call'));
    expect(state.endedRounds).toMatchObject([
      { index: 0, lastSteps: [], error: { code: 'no' }, onItemError },
    ]);
    expect(next(state)).toEqual(['each[1].call']);
  });

  it('of a loop inside another have both indexes in their path', () => {
    const nested = aGraph([
      ['start', 'each'],
      ['each', 'eachCell', 'each'],
      ['eachCell', 'cell', 'each'],
      ['eachCell', 'row', 'done'],
      ['each', 'all', 'done'],
    ]);
    const state = after(nested, done('start'), looping('each', 2), looping('each[0].eachCell', 1));
    expect(next(state)).toEqual(['each[0].eachCell[0].cell']);
    apply(state, done('each[0].eachCell[0].cell'));
    expect(next(state)).toEqual(['each[0].eachCell']);
    apply(state, done('each[0].eachCell', 'done'));
    expect(next(state)).toEqual(['each[0].row']);
    apply(state, done('each[0].row'));
    expect(next(state)).toEqual(['each[1].eachCell']);
  });

  it('that fail inside end the round around them, and that one its loop', () => {
    const nested = aGraph([
      ['start', 'each'],
      ['each', 'eachCell', 'each'],
      ['eachCell', 'cell', 'each'],
    ]);
    const state = after(
      nested,
      done('start'),
      looping('each', 2),
      looping('each[0].eachCell', 3),
      failed('each[0].eachCell[0].cell'),
    );
    expect(next(state)).toEqual(['each[0].eachCell']);
    apply(state, failed('each[0].eachCell'));
    expect(next(state)).toEqual(['each']);
  });
});

describe('a retry of a failed loop', () => {
  const journal = [
    done('start'),
    looping('each', 3),
    done('each[0].call'),
    done('each[0].note'),
    done('each[1].call'),
    failed('each[1].note'),
    failed('each'),
  ];
  const again: JournalEntry = { kind: 'retried', at: 0, from: ['each'] };

  it('goes on with the step that failed, and keeps the rounds that were done', () => {
    const state = after(simple, ...journal, again);
    expect(next(state)).toEqual(['each[1].note']);
    apply(state, done('each[1].note'));
    expect(next(state)).toEqual(['each[2].call']);
    expect(stepState(state, 'each[2].call').generation).toBe(0);
  });

  it('of one that had succeeded does all rounds again, with keys of their own', () => {
    const over = [...journal.slice(0, 4), done('each', 'done')].map((entry) =>
      entry.kind === 'looping' ? { ...entry, count: 1 } : entry,
    );
    const state = after(simple, ...over, failed('after'), again);
    expect(next(state)).toEqual(['each']);
    apply(state, looping('each', 1));
    expect(stepState(state, 'each[0].call').generation).toBe(1);
    const results = stepResults(planOf(simple, 'start'), [...over, failed('after'), again], 'queued');
    expect(results.map(({ path }) => path)).toEqual(['start', 'each', 'after']);
  });
});

describe('step results of a loop', () => {
  it('tell rounds apart and say where their inputs come from', () => {
    const entries = [
      done('start'),
      looping('each', 2),
      done('each[0].call'),
      failed('each[0].note'),
      failed('each'),
    ];
    const results = stepResults(planOf(simple, 'start'), entries, 'failed');
    expect(results.map(({ path, status }) => [path, status])).toEqual([
      ['start', 'succeeded'],
      ['each', 'failed'],
      ['each[0].call', 'succeeded'],
      ['each[0].note', 'failed'],
      ['after', 'skipped'],
    ]);
    expect(results[2]?.sources).toEqual([{ stepId: 'each', path: 'each[0]' }]);
    expect(results[3]?.sources).toEqual([{ stepId: 'call', path: 'each[0].call' }]);
  });
});

describe('the graph check', () => {
  const facts = {
    isTrigger: (type: string) => type.startsWith('trigger'),
    handlesOf: () => ['out', 'each', 'done'],
  };

  it.each<[string, Edge]>([
    ['from a round to what follows the loop', ['note', 'after']],
    ['into a round from outside', ['start', 'note']],
    ['from what follows the loop back into it', ['after', 'note']],
  ])('refuses an edge %s', (_name, edge) => {
    const definition = aGraph([...simple.edges.map((e): Edge => [e.source, e.target, e.sourceHandle]), edge]);
    expect(checkGraph(definition, facts)).toMatchObject([{ code: 'edge_leaves_loop', blocking: true }]);
    expect(() => planOf(definition, 'start')).toThrow('leads out of the loop');
  });

  it('finds nothing wrong with a loop that stays in itself', () => {
    expect(checkGraph(simple, facts)).toEqual([]);
  });
});

describe('a step that was only shown when its worker stopped', () => {
  const shown = (path: string): JournalEntry => {
    const { startedAt: at, ...step } = on(path);
    return { kind: 'started', ...step, at, onlyShown: true };
  };

  it('is done again', () => {
    const state = after(simple, done('start'), looping('each', 1), shown('each[0].call'));
    expect(next(state)).toBe('idle');
    putBack(state, 'each[0].call');
    expect(next(state)).toEqual(['each[0].call']);
    expect(takeStep(state, 'each[0].call')).toBe(1);
  });

  it('does not keep a round that failed meanwhile from ending', () => {
    const sideBySide = aGraph([
      ['start', 'each'],
      ['each', 'call', 'each'],
      ['each', 'note', 'each'],
    ]);
    const state = after(
      sideBySide,
      done('start'),
      looping('each', 1, 1, 'continue'),
      shown('each[0].call'),
      failed('each[0].note'),
    );
    putBack(state, 'each[0].call');
    expect(next(state)).toEqual(['each']);
  });
});
