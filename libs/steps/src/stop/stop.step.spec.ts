import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { stopStep } from './stop.step.js';

describe('stop', () => {
  it('ends the run as succeeded unless told otherwise', async () => {
    await expect(runStep(stopStep, { config: {} })).resolves.toEqual({ kind: 'stop', status: 'succeeded' });
  });

  it('ends the run as failed and says why', async () => {
    const outcome = await runStep(stopStep, { config: { status: 'failed', message: 42 } });
    expect(outcome).toEqual({ kind: 'stop', status: 'failed', message: '42' });
  });
});
