import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const webex = defineSender({
  id: 'webex',
  name: 'Cisco Webex',
  category: 'meetings',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-spark-signature', algorithm: 'sha1', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Secret' }],
  eventId: {
    note: 'No id is sent that is safe to tell duplicates by; the id of a resource repeats for every change of it.',
  },
  eventType: { from: ['json:event'], note: 'With resource' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'disabled after 100 failures in 5 min',
    addresses: 'none',
    known: 'memory',
  },
});
