import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const mautic = defineSender({
  id: 'mautic',
  name: 'Mautic',
  category: 'marketing',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'webhook-signature', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'Secret' }],
  eventId: { note: 'No id is sent.' },
  eventType: { firstKeyExcept: ['timestamp'], note: 'The name of the top-level member.' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 15,
    retries: 'queue based',
    addresses: 'self-hosted',
    known: 'memory',
  },
});
