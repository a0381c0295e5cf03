import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const getstream = defineSender({
  id: 'getstream',
  name: 'Stream (chat/feeds)',
  category: 'chat',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'API secret' }],
  eventId: { from: ['header:x-webhook-id'], scope: 'event', note: 'x-webhook-attempt counts' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 6,
    retries: '5 tries',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['Body may be gzip-compressed: signature is over the uncompressed bytes'],
});
