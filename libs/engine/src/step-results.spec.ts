import type { JournalEntry, RunStatus, WorkflowDefinition } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { planOf, stepResults } from './index.js';

const line: WorkflowDefinition = {
  format: 1,
  steps: ['start', 'a', 'b'].map((id) => ({ id, type: 'transform', config: {} })),
  edges: [
    { source: 'start', target: 'a' },
    { source: 'a', target: 'b' },
  ],
  settings: {},
};

const on = (id: string, attempt = 1) => ({ stepId: id, path: id, attempt });
const done = (id: string, at: number, attempt = 1): JournalEntry => ({
  kind: 'succeeded',
  ...on(id, attempt),
  startedAt: at,
  at: at + 1,
  handle: 'out',
  output: at,
});
const started = (id: string, at: number, attempt = 1): JournalEntry => ({
  kind: 'started',
  ...on(id, attempt),
  at,
});

function shown(entries: readonly JournalEntry[], status: RunStatus) {
  return stepResults(planOf(line, 'start'), entries, status);
}

describe('step results', () => {
  it('come in the order the steps started, and those that never did last', () => {
    const results = shown([done('start', 1), done('a', 5)], 'running');
    expect(results.map(({ stepId, status }) => [stepId, status])).toEqual([
      ['start', 'succeeded'],
      ['a', 'succeeded'],
      ['b', 'queued'],
    ]);
  });

  it('show no outcome of a step that is to be done again, nor of what follows it', () => {
    const again: JournalEntry = { kind: 'retried', at: 30, from: ['a'] };
    const results = shown([done('start', 1), done('a', 5), done('b', 9), again], 'queued');
    expect(results.map(({ status, output }) => [status, output?.kind])).toEqual([
      ['succeeded', 'value'],
      ['queued', undefined],
      ['pending', undefined],
    ]);
    expect(results.map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
  });

  it('number the attempts of a step that a person had done again on from those before', () => {
    const again: JournalEntry = { kind: 'retried', at: 30, from: ['a'] };
    const results = shown([done('start', 1), done('a', 5), again, done('a', 40)], 'running');
    expect(results[1]?.attempts.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('tell of an attempt that a crash cut off, beside the one that came after it', () => {
    const results = shown(
      [done('start', 1), started('a', 5), started('a', 40, 2), done('a', 40, 2)],
      'running',
    );
    expect(results[1]?.attempts).toMatchObject([
      { number: 1, status: 'failed', error: { code: 'unknown_outcome' } },
      { number: 2, status: 'succeeded' },
    ]);
  });

  it('say that a step under way was cancelled with its run, or failed when its time was up', () => {
    const cancelled: JournalEntry = { kind: 'cancelled', at: 9 };
    const inAct = [done('start', 1), started('a', 5)];
    expect(shown([...inAct, cancelled], 'cancelled')[1]).toMatchObject({
      status: 'cancelled',
      attempts: [{ status: 'failed' }],
    });
    const timedOut: JournalEntry = {
      kind: 'timedOut',
      at: 9,
      error: { code: 'run_timeout', message: 'No.' },
    };
    expect(shown([...inAct, timedOut], 'failed')[1]).toMatchObject({ status: 'failed' });
    expect(shown([...inAct, timedOut], 'failed')[2]).toMatchObject({ status: 'skipped' });
  });

  it('say that a wait which the end of its run cut short was cancelled, whatever became of the run', () => {
    const times = { startedAt: 5, at: 6, until: 60_000 };
    const asleep: JournalEntry = { kind: 'suspended', ...on('a'), ...times, onDue: 'out' };
    for (const status of ['succeeded', 'failed', 'cancelled'] as const)
      expect(shown([done('start', 1), asleep], status)[1]).toMatchObject({
        stepId: 'a',
        status: 'cancelled',
      });
  });

  it('say why a step cannot act yet, without an attempt', () => {
    const reason = 'Waiting for api.example.com: limit 5 a second.';
    const postponed: JournalEntry = { kind: 'postponed', ...on('a'), startedAt: 5, at: 6, until: 9, reason };
    const [, step] = shown([done('start', 1), started('a', 5), postponed], 'waiting');
    expect(step).toMatchObject({ status: 'waiting', resumesAt: 9, attempts: [] });
    expect(step?.postponed.map((one) => one.reason)).toEqual([reason]);
    const [, later] = shown([done('start', 1), postponed, done('a', 9)], 'running');
    expect(later?.attempts.map(({ number, status }) => [number, status])).toEqual([[1, 'succeeded']]);
  });
});
