import { defineSender } from '../model/sender.js';

export const stripe = defineSender({
  id: 'stripe',
  name: 'Stripe',
  category: 'payments',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:stripe-signature', separator: ',', pair: '=', key: 'v1', encoding: 'hex' },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300 },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Begins with whsec_; one for each endpoint.' }],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json; charset=utf-8',
    accepts: '2xx',
    timeoutSeconds: null,
    timeoutNote: 'Vendor states no figure; answer at once',
    retries: 'live: exponential backoff up to 3 days; sandbox: 3 tries over a few hours',
    addresses: 'published list',
    rotation: 'secret roll keeps the old secret up to 24 h; the header then carries one v1 per active secret',
    known: 'secondary',
  },
  setup:
    'Developers, Webhooks, Add destination: paste the URL, choose the events, then reveal the signing secret.',
  notes: [
    'v0 entries are test-mode noise: ignore',
    'Connect: one endpoint gets events of many accounts, account id at JSON account',
    'Thin events (v2) have the same signature; object is v2.core.event',
  ],
});
