import type { JournalEntry, WorkflowDefinition } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { apply, decide, fold, planOf, stepState, takeStep, type Decision, type RunState } from './index.js';

type Edge = readonly [string, string] | readonly [string, string, string];

function aGraph(edges: readonly Edge[], patch: Record<string, object> = {}): WorkflowDefinition {
  const ids = [...new Set(edges.flatMap(([source, target]) => [source, target]))];
  return {
    format: 1,
    steps: ids.map((id) => ({
      id,
      type: id === 'start' ? 'trigger.manual' : 'transform',
      config: {},
      ...patch[id],
    })),
    edges: edges.map(([source, target, sourceHandle]) => ({
      source,
      target,
      ...(sourceHandle ? { sourceHandle } : {}),
    })),
    settings: {},
  };
}

const done = (id: string, handle: string | null = 'out'): JournalEntry => ({
  kind: 'succeeded',
  stepId: id,
  path: id,
  attempt: 1,
  startedAt: 1,
  at: 2,
  handle,
});
const failed = (id: string, retryAt?: number): JournalEntry => ({
  kind: 'failed',
  stepId: id,
  path: id,
  attempt: 1,
  startedAt: 1,
  at: 2,
  error: { code: 'x', message: 'No.' },
  ...(retryAt === undefined ? {} : { retryAt }),
});

function after(definition: WorkflowDefinition, entries: readonly JournalEntry[]): RunState {
  return fold(planOf(definition, 'start'), entries);
}
const next = (state: RunState, now = 0): Decision => decide(state, now);

describe('decide', () => {
  const diamond = aGraph([
    ['start', 'left'],
    ['start', 'right'],
    ['left', 'end'],
    ['right', 'end'],
  ]);

  it('begins with the trigger', () => {
    expect(next(after(diamond, []))).toEqual({ kind: 'execute', paths: ['start'] });
  });

  it('runs ready branches side by side and a join once, when all before it are done', () => {
    expect(next(after(diamond, [done('start')]))).toEqual({ kind: 'execute', paths: ['left', 'right'] });
    const half = after(diamond, [done('start'), done('left')]);
    takeStep(half, 'right');
    expect(next(half)).toEqual({ kind: 'idle' });
    expect(next(apply(half, done('right')))).toEqual({ kind: 'execute', paths: ['end'] });
  });

  it('runs a join of any at the first and never again', () => {
    const any = aGraph(
      [
        ['start', 'left'],
        ['start', 'right'],
        ['left', 'end'],
        ['right', 'end'],
      ],
      { end: { join: 'any' } },
    );
    const state = after(any, [done('start'), done('left'), done('end'), done('right')]);
    expect(next(state)).toEqual({ kind: 'finish', status: 'succeeded', error: undefined });
  });

  it('skips what hangs on a handle that was not taken, and joins with what was', () => {
    const branch = aGraph([
      ['start', 'cond'],
      ['cond', 'yes', 'true'],
      ['cond', 'no', 'false'],
      ['yes', 'end'],
      ['no', 'end'],
      ['no', 'never'],
    ]);
    const state = after(branch, [done('start'), done('cond', 'true')]);
    expect(stepState(state, 'no').phase).toBe('skipped');
    expect(stepState(state, 'never').phase).toBe('skipped');
    expect(next(state)).toEqual({ kind: 'execute', paths: ['yes'] });
    expect(next(apply(state, done('yes')))).toEqual({ kind: 'execute', paths: ['end'] });
  });

  it('succeeds when a filter lets nothing follow', () => {
    const state = after(
      aGraph([
        ['start', 'sieve'],
        ['sieve', 'rest'],
      ]),
      [done('start'), done('sieve', null)],
    );
    expect(next(state)).toEqual({ kind: 'finish', status: 'succeeded', error: undefined });
  });

  it('starts nothing more after a failure, lets running steps finish, then fails', () => {
    const state = after(diamond, [done('start')]);
    takeStep(state, 'left');
    takeStep(state, 'right');
    apply(state, failed('left'));
    expect(next(state)).toEqual({ kind: 'idle' });
    expect(next(apply(state, done('right')))).toMatchObject({
      kind: 'finish',
      status: 'failed',
      error: { code: 'x' },
    });
  });

  it('sleeps until the earliest retry when nothing else can run, then does it', () => {
    const state = after(diamond, [done('start'), failed('left', 5_000), failed('right', 3_000)]);
    expect(next(state, 1_000)).toEqual({ kind: 'sleep', until: 3_000 });
    expect(next(state, 3_000)).toEqual({ kind: 'execute', paths: ['right'] });
  });

  it('ends at once on stop, filter, cancel and time-out', () => {
    const stopped: JournalEntry = {
      kind: 'stopped',
      stepId: 'left',
      status: 'failed',
      at: 1,
      message: 'Enough.',
    };
    expect(next(after(diamond, [done('start'), stopped]))).toMatchObject({
      status: 'failed',
      error: { message: 'Enough.' },
    });
    const state = after(diamond, []);
    takeStep(state, 'start');
    expect(next(apply(state, { kind: 'filtered', at: 1 }))).toMatchObject({ status: 'skipped' });
    expect(next(after(diamond, [{ kind: 'cancelled', at: 1 }]))).toMatchObject({ status: 'cancelled' });
  });

  it('knows of a step whose effect a crash may have hidden', () => {
    const state = after(diamond, [
      done('start'),
      { kind: 'started', stepId: 'left', path: 'left', attempt: 1, at: 1 },
    ]);
    expect(stepState(state, 'left')).toMatchObject({ phase: 'running', isUnsettled: true });
  });
});

describe('a person’s retry', () => {
  const line = aGraph([
    ['start', 'one'],
    ['one', 'two'],
    ['two', 'three'],
  ]);

  it('does the failed step again and keeps what had succeeded', () => {
    const state = after(line, [
      done('start'),
      done('one'),
      failed('two'),
      { kind: 'retried', at: 9, from: ['two'] },
    ]);
    expect(next(state)).toEqual({ kind: 'execute', paths: ['two'] });
    expect(stepState(state, 'one').phase).toBe('succeeded');
    expect(stepState(state, 'two').generation).toBe(0);
  });

  it('does a succeeded step and all that follows again, as a new generation', () => {
    const all = [done('start'), done('one'), done('two'), done('three')];
    const state = after(line, [...all, { kind: 'retried', at: 9, from: ['one'] }]);
    expect(next(state)).toEqual({ kind: 'execute', paths: ['one'] });
    expect(stepState(state, 'three')).toMatchObject({ phase: 'pending', generation: 1 });
    expect(next(apply(state, done('one')))).toEqual({ kind: 'execute', paths: ['two'] });
  });

  it('counts the edges that were settled before', () => {
    const diamond = aGraph([
      ['start', 'left'],
      ['start', 'right'],
      ['left', 'end'],
      ['right', 'end'],
    ]);
    const state = after(diamond, [
      done('start'),
      done('left'),
      failed('right'),
      { kind: 'retried', at: 9, from: ['right'] },
    ]);
    expect(next(apply(state, done('right')))).toEqual({ kind: 'execute', paths: ['end'] });
  });

  it('revives a cancelled run where it stood', () => {
    const state = after(line, [
      done('start'),
      { kind: 'cancelled', at: 5 },
      { kind: 'retried', at: 9, from: [] },
    ]);
    expect(next(state)).toEqual({ kind: 'execute', paths: ['one'] });
  });
});
