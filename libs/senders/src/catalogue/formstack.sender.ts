import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const formstack = defineSender({
  id: 'formstack',
  name: 'Formstack',
  category: 'forms',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-fs-signature', encoding: 'hex', prefix: 'sha256=' })],
  eventId: { from: ['json:UniqueID'], scope: 'event' },
  eventType: { note: 'One type' },
  delivery: {
    contentType: 'application/json or form',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'unknown',
    addresses: 'unknown',
    known: 'unknown',
  },
});
