import { defineSender } from '../model/sender.js';

export const square = defineSender({
  id: 'square',
  name: 'Square',
  category: 'payments',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-square-hmacsha256-signature', encoding: 'base64' },
      signed: { template: '{url}{body}' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Signature key' }],
  eventId: { from: ['json:event_id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: 'up to 11 tries over 24 h',
    addresses: 'published',
    known: 'memory',
  },
  setup:
    'Developer dashboard, your app, Webhooks, Subscriptions: paste the URL exactly and copy the signature key.',
  notes: ['HMAC over notification URL + body; URL as registered'],
});
