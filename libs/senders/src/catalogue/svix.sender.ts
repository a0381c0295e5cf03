import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const svix = defineSender({
  id: 'svix',
  name: 'Svix (any product delivering through it)',
  category: 'webhooks',
  confidence: 'vendor',
  schemes: [standardWebhooksHmac({ headers: 'svix' }), standardWebhooksHmac({ id: 'unbranded' })],
  secret: [{ name: 'secret', label: 'Endpoint secret', hint: 'Begins with whsec_.' }],
  eventId: { from: ['header:svix-id'], scope: 'event', note: 'Same across retries' },
  eventType: { note: 'product-specific, often JSON type' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 15,
    retries:
      'Svix default: immediately, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h; endpoint disabled after about 5 days of failures',
    addresses: 'published',
    rotation: 'old key valid 24 h; two v1 entries',
    known: 'docs',
  },
  notes: [
    'Unbranded headers webhook-* are equal in meaning',
    'v1a entries are Ed25519 (asymmetric) signatures, key whpk_',
  ],
});
