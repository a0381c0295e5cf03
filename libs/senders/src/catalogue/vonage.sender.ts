import { defineSender } from '../model/sender.js';

export const vonage = defineSender({
  id: 'vonage',
  name: 'Vonage',
  category: 'comms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'jwt',
      id: 'jwt',
      token: { in: 'header:authorization', prefix: 'Bearer ' },
      algorithms: ['HS256'],
      key: { decode: 'utf8' },
      claims: { iss: { oneOf: ['Vonage'] } },
      hashClaims: [{ of: 'body', claim: 'payload_hash', algorithm: 'sha256', encoding: 'hex' }],
      maxAgeSeconds: 300,
    },
  ],
  secret: [{ name: 'secret', label: 'Signature secret' }],
  eventId: { from: ['jwt:jti'], scope: 'event' },
  eventType: { from: ['json:status'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 3,
    retries: 'exponential for 24 h',
    addresses: 'published',
    known: 'memory',
  },
});
