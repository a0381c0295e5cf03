import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const attio = defineSender({
  id: 'attio',
  name: 'Attio',
  category: 'crm',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'attio-signature', encoding: 'hex' })],
  eventId: { from: ['header:idempotency-key'], scope: 'event' },
  eventType: { from: ['json:events.*.event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: '10 tries over 3 days',
    addresses: 'none',
    known: 'memory',
  },
});
