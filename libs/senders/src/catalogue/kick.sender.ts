import { defineSender } from '../model/sender.js';

export const kick = defineSender({
  id: 'kick',
  name: 'Kick',
  category: 'social',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      algorithm: 'rsa-sha256',
      signature: { in: 'header:kick-event-signature', encoding: 'base64' },
      signed: { template: '{id}.{t}.{body}' },
      vars: { id: 'header:kick-event-message-id', t: 'header:kick-event-message-timestamp' },
      key: {
        decode: 'pem',
        published: {
          kind: 'document',
          words: 'the public key of its developer API',
          url: 'https://api.kick.com/public/v1/public-key',
          at: 'data.public_key',
        },
      },
      timestamp: { var: 't', unit: 'iso', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [
    {
      name: 'publicKey',
      label: 'Public key (PEM)',
      optional: true,
      hint: 'Fetched by itself; stored here, nothing unsigned is let in.',
    },
  ],
  eventId: { from: ['header:kick-event-message-id'], scope: 'event' },
  eventType: { from: ['header:kick-event-type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'unknown',
    addresses: 'none',
    known: 'unknown',
  },
});
