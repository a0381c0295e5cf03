import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { triggerManualStep } from './trigger-manual.step.js';

describe('trigger.manual', () => {
  it('passes its input on', async () => {
    await expect(runStep(triggerManualStep, { config: {} })).resolves.toEqual({
      kind: 'pass',
      handle: 'out',
    });
  });
});
