import type { StepResultView } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { roundCount, roundNumber, roundsOf } from './rounds.js';

const at = (path: string, status: StepResultView['status'] = 'succeeded'): StepResultView => ({
  stepId: path.split('.').at(-1) ?? path,
  path,
  status,
  attempts: [],
});
const results = [
  at('hook'),
  at('each'),
  at('each[0].call'),
  at('each[1].call', 'failed'),
  at('each[2].call'),
];

describe('the steps of a run with a loop', () => {
  it('stand once each, rounds that failed first', () => {
    const steps = roundsOf(results, undefined);
    expect(steps.map(({ stepId }) => stepId)).toEqual(['hook', 'each', 'call']);
    expect(steps[2]?.all.map(({ path }) => path)).toEqual(['each[1].call', 'each[0].call', 'each[2].call']);
    expect(steps[2]?.shown.path).toBe('each[1].call');
  });

  it('show the round that is chosen', () => {
    expect(roundsOf(results, 'each[2].call')[2]?.shown.path).toBe('each[2].call');
  });

  it('have as many rounds as there are, though a long run leaves some out', () => {
    const [hook, , call] = roundsOf(results, undefined);
    const counts = [{ stepId: 'call', count: 1_500, failed: 1 }];
    expect(call && roundCount(call, counts)).toBe(1_500);
    expect(call && roundCount(call, undefined)).toBe(3);
    expect(hook && roundCount(hook, counts)).toBe(1);
  });

  it('count rounds from one, nested ones with the outer first', () => {
    expect(roundNumber('each[1].inner[3].call')).toBe('2.4');
  });
});
