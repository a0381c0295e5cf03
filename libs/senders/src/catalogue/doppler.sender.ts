import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const doppler = defineSender({
  id: 'doppler',
  name: 'Doppler',
  category: 'dev',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-doppler-signature', encoding: 'hex', prefix: 'sha256=' })],
  eventId: { note: 'No id is sent; as a duplicate key think of: hash of body' },
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
