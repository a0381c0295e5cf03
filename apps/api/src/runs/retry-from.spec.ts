import type { JournalEntry, WorkflowDefinition } from '@hookloom/contracts';
import { planOf } from '@hookloom/engine';
import { describe, expect, it } from 'vitest';
import { resultsToKeep, retryFrom } from './retry-from.js';

const definition: WorkflowDefinition = {
  format: 1,
  steps: ['start', 'stop', 'other'].map((id) => ({ id, type: 'transform', config: {} })),
  edges: [
    { source: 'start', target: 'stop' },
    { source: 'start', target: 'other' },
  ],
  settings: {},
};
const plan = planOf(definition, 'start');

const done = (id: string): JournalEntry => ({
  kind: 'succeeded',
  stepId: id,
  path: id,
  attempt: 1,
  startedAt: 1,
  at: 2,
  handle: 'out',
});
const stopped: JournalEntry = { kind: 'stopped', stepId: 'stop', status: 'failed', at: 3 };

describe('a retry of a run that a stop step ended', () => {
  it('does the stop again, and what it kept from being done', () => {
    expect(retryFrom(plan, [done('start'), stopped], undefined)).toEqual({
      kind: 'steps',
      from: ['other', 'stop'],
    });
    expect(retryFrom(plan, [done('start'), done('other'), stopped], undefined)).toEqual({
      kind: 'steps',
      from: ['stop'],
    });
  });

  it('leaves a stop of an earlier time alone', () => {
    const again: JournalEntry = { kind: 'retried', at: 4, from: ['stop', 'other'] };
    const entries = [done('start'), stopped, again, { kind: 'cancelled', at: 5 } as const];
    expect(retryFrom(plan, entries, undefined)).toEqual({ kind: 'steps', from: ['other', 'stop'] });
  });
});

describe('a retry of a run that failed in a loop', () => {
  const looped: WorkflowDefinition = {
    format: 1,
    steps: [
      { id: 'start', type: 'transform', config: {} },
      { id: 'each', type: 'foreach', config: {} },
      { id: 'call', type: 'transform', config: {} },
    ],
    edges: [
      { source: 'start', target: 'each' },
      { source: 'each', sourceHandle: 'each', target: 'call' },
    ],
    settings: {},
  };
  const error = { code: 'no', message: 'No.' };
  const at = (path: string) => ({
    stepId: path.split('.').at(-1) ?? path,
    path,
    attempt: 1,
    startedAt: 1,
    at: 2,
  });
  const journal: JournalEntry[] = [
    done('start'),
    { kind: 'looping', ...at('each'), count: 3, concurrency: 1, onItemError: 'stop' },
    { kind: 'succeeded', ...at('each[0].call'), handle: 'out' },
    { kind: 'failed', ...at('each[1].call'), error },
    { kind: 'failed', ...at('each'), error },
  ];

  it('goes on with the loop, whether nobody or a step inside it is named', () => {
    const goesOn = { kind: 'steps', from: ['each'] };
    expect(retryFrom(planOf(looped, 'start'), journal, undefined)).toEqual(goesOn);
    expect(retryFrom(planOf(looped, 'start'), journal, 'call')).toEqual(goesOn);
  });

  it('begins the loop anew in another version', () => {
    const kept = resultsToKeep(planOf(looped, 'start'), journal, planOf(looped, 'start'), undefined);
    expect(kept).toEqual([done('start')]);
  });
});
