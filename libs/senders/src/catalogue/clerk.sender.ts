import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const clerk = defineSender({
  id: 'clerk',
  name: 'Clerk',
  category: 'auth',
  confidence: 'third-party',
  schemes: [standardWebhooksHmac({ headers: 'svix' })],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Begins with whsec_.' }],
  eventId: { from: ['header:svix-id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 15,
    retries:
      'Svix default: immediately, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h; endpoint disabled after about 5 days of failures',
    addresses: 'Svix list',
    known: 'memory',
  },
  setup: 'Configure, Webhooks, Add endpoint: paste the URL and copy the signing secret.',
});
