import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const standardWebhooks = defineSender({
  id: 'standard-webhooks',
  name: 'Standard Webhooks (generic)',
  category: 'webhooks',
  confidence: 'vendor',
  schemes: [standardWebhooksHmac()],
  secret: [{ name: 'secret', label: 'Secret', hint: 'Begins with whsec_.' }],
  eventId: { from: ['header:webhook-id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries:
      'spec suggests: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h; 410 = unsubscribe; 429/502/504 slow down',
    addresses: 'sender dependent',
    rotation: 'several space-separated signatures',
    known: 'memory',
  },
  notes: [
    'symmetric: v1 and whsec_; asymmetric: v1a Ed25519 and whpk_',
    'Some senders use the secret string as raw UTF-8 (Polar) or give it without the prefix',
  ],
});
