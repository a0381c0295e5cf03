import type { JournalEntry, WorkflowDefinition } from '@hookloom/contracts';
import { planOf } from '@hookloom/engine';
import { describe, expect, it } from 'vitest';
import { retryFrom } from './retry-from.js';

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
