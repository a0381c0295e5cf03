import { defineSender } from '../model/sender.js';

export const atlassianConnectJwt = defineSender({
  id: 'atlassian-connect-jwt',
  name: 'Atlassian Connect apps (JWT)',
  category: 'dev',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'jwt',
      id: 'qsh-jwt',
      token: { in: 'header:authorization', prefix: 'JWT ' },
      algorithms: ['HS256'],
      key: { decode: 'utf8' },
      hashClaims: [{ of: 'request', claim: 'qsh', algorithm: 'sha256', encoding: 'hex' }],
      clockSkewSeconds: 30,
    },
  ],
  secret: [
    { name: 'secret', label: 'Shared secret', hint: 'Sent by the product when the app is installed.' },
  ],
  handshakes: [
    {
      kind: 'store-secret',
      when: { method: 'POST', equals: { 'json:eventType': 'installed' }, present: ['json:sharedSecret'] },
      answer: { status: 204 },
      effect: { storeSecret: 'json:sharedSecret' },
      note: 'The install callback.',
    },
  ],
  eventId: { from: ['header:x-atlassian-webhook-identifier'], scope: 'event' },
  eventType: { from: ['json:webhookEvent'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 20,
    retries: 'up to 5, on 408, 409, 425, 429, 5xx and network errors, 5 to 15 min apart',
    addresses: 'published',
    known: 'memory',
  },
  notes: [
    'The token in the authorization header ("JWT …") binds method, path and query by a hash, not the body',
    'The install callback is signed with a published key, which is not checked: accept it once only',
  ],
});
