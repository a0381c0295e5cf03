import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const gocardless = defineSender({
  id: 'gocardless',
  name: 'GoCardless',
  category: 'payments',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'webhook-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Webhook endpoint secret' }],
  eventId: { from: ['json:meta.webhook_id'], scope: 'delivery', note: 'Event ids: events.*.id' },
  eventType: { from: ['json:events.*.action'], note: 'With resource_type' },
  delivery: {
    contentType: 'application/json',
    accepts: '200 or 204; 498 is the vendor-suggested code for a bad signature',
    timeoutSeconds: 10,
    retries: 'up to 8 tries with growing gaps',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Developers, Webhook endpoints: paste the URL and copy the secret.',
  notes: ['Batches up to 250 events: fan out'],
});
