import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const dodopayments = defineSender({
  id: 'dodopayments',
  name: 'Dodo Payments',
  category: 'payments',
  confidence: 'third-party',
  schemes: [standardWebhooksHmac()],
  secret: [{ name: 'secret', label: 'Signing secret' }],
  eventId: { from: ['header:webhook-id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 15,
    retries:
      'Svix default: immediately, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h; endpoint disabled after about 5 days of failures',
    addresses: 'none',
    known: 'memory',
  },
});
