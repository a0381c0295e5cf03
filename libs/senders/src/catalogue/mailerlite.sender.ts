import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const mailerlite = defineSender({
  id: 'mailerlite',
  name: 'MailerLite',
  category: 'email',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Signing secret' }],
  eventId: { note: 'No id is sent.' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 3,
    retries: '3 times, 10 s apart, then 6 h etc.',
    addresses: 'none',
    known: 'memory',
  },
});
