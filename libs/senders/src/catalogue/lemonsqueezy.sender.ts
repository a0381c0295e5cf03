import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const lemonsqueezy = defineSender({
  id: 'lemonsqueezy',
  name: 'Lemon Squeezy',
  category: 'payments',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Signing secret' }],
  eventId: {
    note: 'No id is sent; as a duplicate key think of: meta.webhook_id + data.id + meta.event_name + updated_at',
  },
  eventType: { from: ['header:x-event-name'], note: 'Finer: JSON meta.event_name' },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: '3 retries: 5, 25, 125 s',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Settings, Webhooks: paste the callback URL and set a signing secret.',
});
