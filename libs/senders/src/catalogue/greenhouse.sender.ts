import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const greenhouse = defineSender({
  id: 'greenhouse',
  name: 'Greenhouse',
  category: 'hr',
  confidence: 'memory',
  schemes: [bodyHmac({ header: 'signature', encoding: 'hex', prefix: 'sha256 ' })],
  secret: [{ name: 'secret', label: 'Secret key' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: payload ids' },
  eventType: { from: ['json:action'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: '7 retries over 15 h',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['signature: "sha256 <hex>" with a space'],
});
