import { defineSender } from '../model/sender.js';

export const messagebird = defineSender({
  id: 'messagebird',
  name: 'MessageBird / Bird',
  category: 'comms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'jwt',
      id: 'jwt',
      token: { in: 'header:messagebird-signature-jwt' },
      algorithms: ['HS256', 'HS384', 'HS512'],
      key: { decode: 'utf8' },
      claims: { iss: { oneOf: ['MessageBird'] } },
      hashClaims: [
        { of: 'url', claim: 'url_hash', algorithm: 'sha256', encoding: 'hex' },
        { of: 'body', claim: 'payload_hash', algorithm: 'sha256', encoding: 'hex' },
      ],
      clockSkewSeconds: 5,
    },
  ],
  secret: [{ name: 'secret', label: 'Signing key' }],
  eventId: { from: ['jwt:jti'], scope: 'event' },
  eventType: { note: 'Product specific' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'up to 10 tries',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['JWT with url_hash + payload_hash (SHA-256 hex): needs the public URL'],
});
