import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { triggerWebhookStep } from './trigger-webhook.step.js';

describe('trigger.webhook', () => {
  it('passes the event on', async () => {
    await expect(runStep(triggerWebhookStep, { config: { endpoint: 'shop' } })).resolves.toEqual({
      kind: 'pass',
      handle: 'out',
    });
  });

  it('leaves no way on for an event that its filter does not let through', async () => {
    const run = (holds: boolean) =>
      runStep(triggerWebhookStep, { config: { filter: 'x' }, evaluated: { filter: holds } });
    await expect(run(false)).resolves.toEqual({ kind: 'pass', handle: null });
    await expect(run(true)).resolves.toEqual({ kind: 'pass', handle: 'out' });
  });
});
