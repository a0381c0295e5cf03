import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { ifStep } from './if.step.js';

describe('if', () => {
  it.each([
    [true, 'true'],
    [false, 'false'],
    [null, 'false'],
  ])('with a condition that gives %s passes its input on by the handle %s', async (condition, handle) => {
    const outcome = await runStep(ifStep, { config: { condition: 'x' }, evaluated: { condition } });
    expect(outcome).toEqual({ kind: 'pass', handle });
  });
});
