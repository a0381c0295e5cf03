import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const patreon = defineSender({
  id: 'patreon',
  name: 'Patreon',
  category: 'creator',
  confidence: 'memory',
  schemes: [bodyHmac({ header: 'x-patreon-signature', algorithm: 'md5', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Webhook secret' }],
  eventId: {
    note: 'No id is sent that is safe to tell duplicates by; the id of a member repeats for every change of it.',
  },
  eventType: { from: ['header:x-patreon-event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'queued, paused after failures',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['HMAC-MD5'],
});
