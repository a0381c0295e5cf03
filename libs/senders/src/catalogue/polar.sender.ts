import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const polar = defineSender({
  id: 'polar',
  name: 'Polar',
  category: 'payments',
  confidence: 'vendor',
  schemes: [standardWebhooksHmac({ key: { decode: 'utf8' } })],
  secret: [{ name: 'secret', label: 'Secret', hint: 'Used as it is, not decoded.' }],
  eventId: { from: ['header:webhook-id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: 'up to 10 tries, exponential',
    addresses: 'published',
    known: 'memory',
  },
  notes: [
    'The secret is used as raw UTF-8, NOT base64-decoded (SDK encodes it before handing it to the library)',
  ],
});
