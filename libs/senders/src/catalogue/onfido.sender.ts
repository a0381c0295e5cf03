import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const onfido = defineSender({
  id: 'onfido',
  name: 'Onfido',
  category: 'identity',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-sha2-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Webhook token' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: payload.object.id + payload.action' },
  eventType: { from: ['json:payload.action'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: 'exponential up to 10 times in 48 h',
    addresses: 'published',
    known: 'memory',
  },
});
