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
});
