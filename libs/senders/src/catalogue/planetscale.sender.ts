import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const planetscale = defineSender({
  id: 'planetscale',
  name: 'PlanetScale',
  category: 'data',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-planetscale-signature', encoding: 'hex' })],
  eventId: { note: 'No id is sent.' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'unknown',
    addresses: 'unknown',
    known: 'unknown',
  },
});
