import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const resend = defineSender({
  id: 'resend',
  name: 'Resend',
  category: 'email',
  confidence: 'vendor',
  schemes: [standardWebhooksHmac({ headers: 'svix' })],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Begins with whsec_.' }],
  eventId: { from: ['header:svix-id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 15,
    retries: 'immediately, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h',
    addresses: 'Svix list',
    known: 'docs',
  },
  setup: 'Webhooks, Add webhook: paste the URL and copy the signing secret.',
});
