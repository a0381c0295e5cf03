import { defineSender } from '../model/sender.js';

export const googlePubsub = defineSender({
  id: 'google-pubsub',
  name: 'Google Pub/Sub push (Gmail, Play, Forms, ...)',
  category: 'platform',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'jwt',
      id: 'oidc',
      token: { in: 'header:authorization', prefix: 'Bearer ' },
      algorithms: ['RS256'],
      key: {
        decode: 'pem',
        field: 'publicKey',
        published: {
          kind: 'key-set',
          words: "Google's OpenID keys",
          needs: ['audience', 'email'],
          url: 'https://www.googleapis.com/oauth2/v3/certs',
        },
      },
      claims: {
        iss: { oneOf: ['https://accounts.google.com', 'accounts.google.com'] },
        aud: { field: 'audience' },
        email: { field: 'email' },
        email_verified: { isTrue: true },
      },
      clockSkewSeconds: 300,
    },
    { kind: 'token', id: 'url-token', token: { in: 'query:token' } },
  ],
  secret: [
    { name: 'token', label: 'Token in the URL', optional: true, hint: 'For push URLs that carry ?token=…' },
    { name: 'audience', label: 'Audience', optional: true, hint: 'As set on the push subscription.' },
    { name: 'email', label: 'Service account', optional: true, hint: 'The address that signs the tokens.' },
    { name: 'publicKey', label: 'Public key (PEM)', optional: true },
  ],
  eventId: { from: ['json:message.messageId'], scope: 'event' },
  eventType: { from: ['json:message.attributes.eventType'], note: 'Publisher dependent' },
  delivery: {
    contentType: 'application/json',
    accepts: '102, 200, 201, 202 or 204',
    timeoutSeconds: 10,
    timeoutNote: 'Ack deadline 10-600 s',
    retries: 'until acked or retention ends (7 days), exponential 10-600 s configurable',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Make a push subscription with the URL, with authentication switched on or a token in the URL.',
  notes: ['The JWT does not cover the body; check aud and email', 'Message.data is base64'],
});
