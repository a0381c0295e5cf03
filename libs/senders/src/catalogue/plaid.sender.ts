import { defineSender } from '../model/sender.js';

export const plaid = defineSender({
  id: 'plaid',
  name: 'Plaid',
  category: 'payments',
  confidence: 'memory',
  schemes: [
    {
      kind: 'jwt',
      id: 'es256',
      token: { in: 'header:plaid-verification' },
      algorithms: ['ES256'],
      key: {
        decode: 'pem',
        published: {
          kind: 'by-id',
          words: 'the key that its API gives for the token',
          needs: ['clientId', 'apiSecret'],
          url: 'https://{environment}.plaid.com/webhook_verification_key/get',
          environments: ['production', 'sandbox'],
          send: { client_id: 'clientId', secret: 'apiSecret' },
          idAs: 'key_id',
          at: 'key',
        },
      },
      hashClaims: [{ of: 'body', claim: 'request_body_sha256', algorithm: 'sha256', encoding: 'hex' }],
      maxAgeSeconds: 300,
    },
  ],
  secret: [
    {
      name: 'publicKey',
      label: 'Public key (PEM)',
      optional: true,
      hint: 'If it is not to be asked for with the account below.',
    },
    { name: 'clientId', label: 'Client id', optional: true, hint: 'Of your Plaid account.' },
    { name: 'apiSecret', label: 'API secret', optional: true, hint: 'Of the same environment.' },
    { name: 'environment', label: 'Environment', optional: true, hint: 'production (default) or sandbox' },
  ],
  eventId: { note: 'No id is sent; as a duplicate key think of: item_id + webhook_code + ...' },
  eventType: { from: ['json:webhook_type'], note: 'With webhook_code' },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 10,
    retries: 'up to 24 h, 4x backoff from 30 s',
    addresses: 'published',
    known: 'memory',
  },
  notes: ["The signed token names its key; the key is asked for with the account's own API credentials."],
});
