import { defineSender } from '../model/sender.js';

export const customerIo = defineSender({
  id: 'customer-io',
  name: 'Customer.io reporting webhooks',
  category: 'marketing',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-cio-signature', encoding: 'hex' },
      signed: { template: 'v0:{t}:{body}' },
      vars: { t: 'header:x-cio-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing key' }],
  eventId: { from: ['json:event_id'], scope: 'event' },
  eventType: { from: ['json:metric'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 4,
    retries: 'growing gaps over 7 days',
    addresses: 'published',
    known: 'memory',
  },
});
