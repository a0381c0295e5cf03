import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const helpscout = defineSender({
  id: 'helpscout',
  name: 'Help Scout',
  category: 'support',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-helpscout-signature', algorithm: 'sha1', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'Secret key' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: resource id + event + time' },
  eventType: { from: ['header:x-helpscout-event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'disabled after many failures',
    addresses: 'none',
    known: 'memory',
  },
});
