import { defineSender } from '../model/sender.js';

export const hubspot = defineSender({
  id: 'hubspot',
  name: 'HubSpot (v1, v2, v3)',
  category: 'crm',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'v3',
      algorithm: 'sha256',
      signature: { in: 'header:x-hubspot-signature-v3', encoding: 'base64' },
      signed: { canonical: 'hubspotV3' },
      vars: { timestamp: 'header:x-hubspot-request-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 'timestamp', unit: 'ms', toleranceSeconds: 300 },
    },
    {
      kind: 'hash',
      id: 'v2',
      algorithm: 'sha256',
      signature: { in: 'header:x-hubspot-signature', encoding: 'hex' },
      signed: { template: '{secret}{method}{url}{body}' },
      key: { decode: 'utf8' },
    },
    {
      kind: 'hash',
      id: 'v1',
      algorithm: 'sha256',
      signature: { in: 'header:x-hubspot-signature', encoding: 'hex' },
      signed: { template: '{secret}{body}' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Client secret', hint: 'Of the app.' }],
  eventId: {
    from: [['json:*.eventId', 'json:*.subscriptionId', 'json:*.occurredAt']],
    scope: 'event',
    note: 'The vendor says that eventId alone is not unique.',
  },
  eventType: { from: ['json:*.subscriptionType'] },
  delivery: {
    contentType: 'application/json, array up to 100 events',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries:
      'up to 10 times over 24 h, jittered; workflow webhooks: 30 s timeout, no retry on 4xx except 429',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Your app, Webhooks: paste the target URL. The client secret is under Auth.',
  notes: [
    'x-hubspot-signature-version tells v1 from v2; v3 has its own header and is preferred',
    'v1/v2 are plain SHA-256 with the secret in front, not HMAC',
    'v3: method + URI with a fixed list of percent codes decoded + body + timestamp(ms), base64',
    'v2/v3 need the public URL',
  ],
});
