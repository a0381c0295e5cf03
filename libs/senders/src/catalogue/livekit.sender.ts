import { defineSender } from '../model/sender.js';

export const livekit = defineSender({
  id: 'livekit',
  name: 'LiveKit',
  category: 'realtime',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'jwt',
      id: 'jwt',
      token: { in: 'header:authorization', prefix: 'Bearer ', prefixOptional: true },
      algorithms: ['HS256'],
      key: { decode: 'utf8', field: 'apiSecret' },
      claims: { iss: { field: 'apiKey', optional: true } },
      hashClaims: [{ of: 'body', claim: 'sha256', algorithm: 'sha256', encoding: 'base64' }],
      clockSkewSeconds: 10,
    },
  ],
  secret: [
    { name: 'apiSecret', label: 'API secret' },
    {
      name: 'apiKey',
      label: 'API key',
      optional: true,
      hint: 'If set, only tokens of this key are accepted.',
    },
  ],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/webhook+json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'several with backoff',
    addresses: 'none',
    known: 'memory',
  },
  notes: [
    'Authorization holds the bare JWT (no Bearer); body bound by claim sha256 (base64)',
    'Content type is not application/json',
  ],
});
