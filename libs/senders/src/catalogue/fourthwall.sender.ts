import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const fourthwall = defineSender({
  id: 'fourthwall',
  name: 'Fourthwall',
  category: 'commerce',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-fourthwall-hmac-sha256', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'HMAC key' }],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'unknown',
    addresses: 'none',
    known: 'unknown',
  },
});
