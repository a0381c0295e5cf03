import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const vapi = defineSender({
  id: 'vapi',
  name: 'Vapi',
  category: 'ai',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-vapi-signature', encoding: 'hex' })],
  eventId: { note: 'No id is sent; as a duplicate key think of: call id' },
  eventType: { from: ['json:message.type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 7.5,
    retries: 'none',
    addresses: 'none',
    known: 'unknown',
  },
});
