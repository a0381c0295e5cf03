import { defineSender } from '../model/sender.js';

export const upstashQstash = defineSender({
  id: 'upstash-qstash',
  name: 'Upstash QStash',
  category: 'platform',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'jwt',
      id: 'jwt',
      token: { in: 'header:upstash-signature' },
      algorithms: ['HS256'],
      key: { decode: 'utf8' },
      claims: { iss: { oneOf: ['Upstash'] }, sub: { url: true } },
      hashClaims: [{ of: 'body', claim: 'body', algorithm: 'sha256', encoding: 'base64url' }],
    },
  ],
  secret: [{ name: 'secret', label: 'Signing key', hint: 'Store the current and the next one.' }],
  eventId: { from: ['header:upstash-message-id'], scope: 'event' },
  eventType: { note: 'Free body' },
  delivery: {
    contentType: 'as published',
    accepts: '2xx; 489 + upstash-nonretryable-error stops',
    timeoutSeconds: null,
    retries: 'per message, exponential (default 3-5)',
    addresses: 'none',
    rotation: 'current + next key: try both',
    known: 'memory',
  },
  setup: 'Give the URL as destination; the signing keys are in the console.',
  notes: ['Sub claim = destination URL; body claim = base64url SHA-256, padding varies'],
});
