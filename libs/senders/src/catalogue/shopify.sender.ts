import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const shopify = defineSender({
  id: 'shopify',
  name: 'Shopify',
  category: 'commerce',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-shopify-hmac-sha256', encoding: 'base64' })],
  secret: [
    {
      name: 'secret',
      label: 'Client secret or signing key',
      hint: 'The client secret of the app, or the key that the admin shows under Notifications, Webhooks.',
    },
  ],
  eventId: {
    from: ['header:x-shopify-webhook-id'],
    scope: 'event',
    note: 'x-shopify-event-id groups several topics of one action',
  },
  eventType: { from: ['header:x-shopify-topic'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 5,
    timeoutNote: '1 s to connect, 5 s in all',
    retries:
      '8 retries over 4 h, exponential; after 8 consecutive failures an API-created subscription is deleted',
    addresses: 'none published',
    rotation: 'after a client-secret rotation up to 1 h until new digests are used: accept both',
    known: 'docs',
  },
  setup:
    'Settings, Notifications, Webhooks, Create webhook; or register the URL through the Admin API of your app.',
  notes: [
    'Key is the app client secret, or the key shown in the store admin for admin-made hooks',
    'x-shopify-triggered-at tells staleness; no signed timestamp, so no replay window',
    'XML format possible: sign raw bytes',
  ],
});
