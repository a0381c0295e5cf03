import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const razorpay = defineSender({
  id: 'razorpay',
  name: 'Razorpay',
  category: 'payments',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-razorpay-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Webhook secret' }],
  eventId: { from: ['header:x-razorpay-event-id'], scope: 'event' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries: 'exponential for 24 h, then disabled',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Account and settings, Webhooks: paste the URL and set a secret.',
});
