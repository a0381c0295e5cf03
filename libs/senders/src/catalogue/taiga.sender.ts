import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const taiga = defineSender({
  id: 'taiga',
  name: 'Taiga',
  category: 'pm',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-taiga-webhook-signature', algorithm: 'sha1', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Secret key' }],
  eventId: { note: 'No id is sent.' },
  eventType: { from: ['json:type'], note: 'With action' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'none',
    addresses: 'self-hosted',
    known: 'memory',
  },
});
