import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const paystack = defineSender({
  id: 'paystack',
  name: 'Paystack',
  category: 'payments',
  confidence: 'memory',
  schemes: [bodyHmac({ header: 'x-paystack-signature', algorithm: 'sha512', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Secret key', hint: 'The API secret key.' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: data.id + event' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 30,
    retries: 'live: every 3 min 4 times, then hourly 72 h',
    addresses: 'published (3 addresses)',
    known: 'memory',
  },
  setup: 'Settings, API keys and webhooks: paste the URL.',
  notes: ['HMAC-SHA512, API secret key'],
});
