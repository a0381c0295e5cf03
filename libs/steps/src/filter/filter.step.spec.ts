import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { filterStep } from './filter.step.js';

describe('filter', () => {
  it.each([
    [true, 'out'],
    [false, null],
    [null, null],
  ])('with a condition that gives %s leaves by %s', async (condition, handle) => {
    const outcome = await runStep(filterStep, { config: { condition: 'x' }, evaluated: { condition } });
    expect(outcome).toEqual({ kind: 'pass', handle });
  });
});
