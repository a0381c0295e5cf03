import { defineSender } from '../model/sender.js';

export const falAi = defineSender({
  id: 'fal-ai',
  name: 'fal.ai',
  category: 'ai',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      algorithm: 'ed25519',
      signature: { in: 'header:x-fal-webhook-signature', encoding: 'hex' },
      signed: { template: '{rid}\n{uid}\n{t}\n{sha256hex(body)}' },
      vars: {
        rid: 'header:x-fal-webhook-request-id',
        uid: 'header:x-fal-webhook-user-id',
        t: 'header:x-fal-webhook-timestamp',
      },
      key: {
        decode: 'ed25519-hex',
        published: {
          kind: 'key-set',
          words: 'its JSON web key set',
          url: 'https://rest.alpha.fal.ai/.well-known/jwks.json',
        },
      },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300 },
      bound: [{ place: 'header:x-fal-webhook-user-id', field: 'userId' }],
    },
  ],
  secret: [
    {
      name: 'publicKey',
      label: 'Public key (hex)',
      optional: true,
      hint: 'If it is not to be fetched.',
    },
    {
      name: 'userId',
      label: 'User id',
      optional: true,
      hint: 'fal.ai signs for everybody: with it, only your own requests are let in, and nothing unsigned.',
    },
  ],
  eventId: { from: ['header:x-fal-webhook-request-id'], scope: 'event' },
  eventType: { from: ['json:status'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 15,
    retries: '10 tries over 2 h',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['The signed text ends with the hex SHA-256 of the body'],
});
