import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const anthropic = defineSender({
  id: 'anthropic',
  name: 'Anthropic (managed agents / beta webhooks)',
  category: 'ai',
  confidence: 'vendor',
  schemes: [standardWebhooksHmac()],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Begins with whsec_.' }],
  eventId: { from: ['header:webhook-id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'unknown',
    addresses: 'unknown',
    known: 'unknown',
  },
});
