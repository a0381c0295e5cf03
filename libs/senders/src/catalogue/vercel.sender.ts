import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const vercel = defineSender({
  id: 'vercel',
  name: 'Vercel',
  category: 'deploy',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-vercel-signature', algorithm: 'sha1', encoding: 'hex' })],
  secret: [
    {
      name: 'secret',
      label: 'Secret',
      hint: 'The client secret of the integration, or the secret of the webhook.',
    },
  ],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 30,
    retries: 'exponential up to 24 h',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Team settings, Webhooks: paste the URL and copy the secret.',
  notes: ['SHA-1 in hex over the raw body, not SHA-256', 'key: integration client secret or webhook secret'],
});
