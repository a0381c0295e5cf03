import type { StepResult } from '@hookloom/engine';
import { describe, expect, it } from 'vitest';
import { countRounds, tellingSteps } from './telling-steps.js';

const result = (path: string, status: StepResult['status'] = 'succeeded'): StepResult => ({
  stepId: path.split('.').at(-1) ?? path,
  path,
  status,
  attempts: [],
  postponed: [],
  isPinned: false,
  error: undefined,
  startedAt: 0,
  finishedAt: 0,
  resumesAt: undefined,
  output: undefined,
  items: undefined,
  sources: [],
});
const rounds = (count: number) => Array.from({ length: count }, (_, at) => result(`each[${at}].call`));

describe('tellingSteps', () => {
  it('keeps the steps outside of loops and what failed, however late, then the first rounds, in their order', () => {
    const all = [
      result('each'),
      ...rounds(50),
      result('each[50].call', 'failed'),
      result('after', 'running'),
    ];
    const paths = tellingSteps(all, 5).map(({ path }) => path);
    expect(paths).toEqual(['each', 'each[0].call', 'each[1].call', 'each[50].call', 'after']);
  });

  it('leaves a run alone that fits', () => {
    const all = rounds(5);
    expect(tellingSteps(all, 5)).toBe(all);
  });
});

describe('countRounds', () => {
  it('counts those of each step inside a loop', () => {
    const all = [result('each'), ...rounds(3), result('each[3].call', 'failed')];
    expect(countRounds(all)).toEqual([{ stepId: 'call', count: 4, failed: 1 }]);
  });
});
