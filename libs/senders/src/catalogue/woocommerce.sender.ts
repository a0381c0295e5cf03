import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const woocommerce = defineSender({
  id: 'woocommerce',
  name: 'WooCommerce',
  category: 'commerce',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-wc-webhook-signature', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'Secret', hint: 'In the webhook settings of the shop.' }],
  handshakes: [
    {
      kind: 'ping',
      when: { method: 'POST', present: ['form:webhook_id'] },
      answer: { status: 200 },
      note: 'Sent unsigned when the webhook is saved.',
    },
  ],
  eventId: {
    from: ['header:x-wc-webhook-delivery-id'],
    scope: 'delivery',
    note: 'Combine with x-wc-webhook-id',
  },
  eventType: { from: ['header:x-wc-webhook-topic'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 5,
    timeoutNote: 'WordPress HTTP timeout, filterable',
    retries: 'no retry; disabled after more than 5 consecutive failures',
    addresses: 'self-hosted',
    known: 'memory',
  },
  setup: 'WooCommerce, Settings, Advanced, Webhooks, Add webhook: paste the delivery URL and set a secret.',
});
