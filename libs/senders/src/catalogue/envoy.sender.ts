import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const envoy = defineSender({
  id: 'envoy',
  name: 'Envoy',
  category: 'workplace',
  confidence: 'docs',
  schemes: [bodyHmac({ header: 'x-envoy-signature', encoding: 'base64' })],
  eventId: { note: 'No id is sent.' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: '5 times over 10 min',
    addresses: 'none',
    known: 'docs',
  },
});
