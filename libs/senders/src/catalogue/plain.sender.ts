import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const plain = defineSender({
  id: 'plain',
  name: 'Plain',
  category: 'support',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'plain-request-signature', encoding: 'hex' })],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'several days',
    addresses: 'none',
    known: 'memory',
  },
});
