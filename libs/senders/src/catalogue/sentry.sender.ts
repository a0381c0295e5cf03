import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const sentry = defineSender({
  id: 'sentry',
  name: 'Sentry',
  category: 'monitoring',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'sentry-hook-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Client secret', hint: 'Of the integration.' }],
  eventId: {
    from: ['header:request-id'],
    scope: 'delivery',
    note: 'event: data.event.event_id or data.issue.id + action',
  },
  eventType: { from: ['header:sentry-hook-resource'], note: 'Finer: JSON action' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 1,
    retries: 'none; unsubscribed after 1000 timeouts in 24 h',
    addresses: 'published',
    known: 'docs',
  },
  setup:
    'Settings, Integrations, your internal integration: paste the webhook URL; the client secret is on the same page.',
  notes: [
    'Vendor sample signs JSON.stringify(body): equal to the raw bytes in practice',
    'sentry-hook-timestamp is not signed',
  ],
});
