import type { RunDetail } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { compareRuns } from './run-comparison.js';

const aRun = (total: number, ms: number): RunDetail => ({
  id: '0197e6f0-0000-7000-8000-000000000001',
  workflowId: '0197e6f0-0000-7000-8000-000000000002',
  version: 1,
  kind: 'event',
  status: 'succeeded',
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  steps: [
    {
      stepId: 'shape',
      path: 'shape',
      status: 'succeeded',
      input: { total },
      output: { ok: true },
      startedAt: new Date(0).toISOString(),
      finishedAt: new Date(ms).toISOString(),
      attempts: [],
    },
  ],
});

describe('two runs side by side', () => {
  it('differ in inputs, outputs and time, step by step', () => {
    expect(compareRuns(aRun(1, 5), aRun(2, 9), 0)).toMatchObject([
      {
        path: 'shape',
        beforeMs: 5,
        afterMs: 9,
        inputs: [{ path: 'total', before: 1, after: 2 }],
        outputs: [],
      },
    ]);
  });

  it('show a step that only one of them has', () => {
    const [step] = compareRuns({ ...aRun(1, 5), steps: [] }, aRun(1, 5), 0);
    expect(step).toMatchObject({ path: 'shape', before: undefined, beforeMs: undefined });
  });
});
