import { effectiveRetry } from '@hookloom/engine';
import { describe, expect, it } from 'vitest';
import { retryPlan } from './retry-plan.js';

describe('when the attempts of a policy come', () => {
  it('tells the first pauses and how long all of them take', () => {
    const plan = retryPlan(effectiveRetry(undefined, undefined));
    expect(plan.pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000]);
    expect(plan).toMatchObject({ isCut: true, totalMs: 254_000 });
  });
  it('keeps to the longest pause', () => {
    const policy = { maxAttempts: 4, initialDelayMs: 1_000, factor: 10, maxDelayMs: 5_000 };
    expect(retryPlan(effectiveRetry(policy, undefined))).toEqual({
      pauses: [1_000, 5_000, 5_000],
      isCut: false,
      totalMs: 11_000,
    });
  });
  it('has no pause where there is one attempt', () => {
    expect(retryPlan(effectiveRetry({ maxAttempts: 1 }, undefined)).pauses).toEqual([]);
  });
});
