import { defineSender } from '../model/sender.js';

export const sanity = defineSender({
  id: 'sanity',
  name: 'Sanity',
  category: 'cms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:sanity-webhook-signature',
        separator: ',',
        pair: '=',
        key: 'v1',
        encoding: 'base64url',
      },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [{ name: 'secret', label: 'Secret' }],
  eventId: { from: ['header:idempotency-key'], scope: 'event' },
  eventType: { from: ['header:sanity-operation'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 30,
    retries: 'since April 2026: two retries at 30 s on 429/5xx (was 30 min backoff)',
    addresses: 'published',
    known: 'docs',
  },
  setup: 'Manage, API, Webhooks, Create: paste the URL and set a secret.',
  notes: ['base64url without padding; timestamp in ms', 'The SDK does not check the age'],
});
