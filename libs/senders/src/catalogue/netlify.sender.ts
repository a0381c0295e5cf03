import { defineSender } from '../model/sender.js';

export const netlify = defineSender({
  id: 'netlify',
  name: 'Netlify',
  category: 'deploy',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'jwt',
      id: 'jws',
      token: { in: 'header:x-webhook-signature' },
      algorithms: ['HS256'],
      key: { decode: 'utf8' },
      claims: { iss: { oneOf: ['netlify'] } },
      hashClaims: [{ of: 'body', claim: 'sha256', algorithm: 'sha256', encoding: 'hex' }],
    },
  ],
  secret: [{ name: 'secret', label: 'JWS secret token' }],
  eventId: { from: [['json:id', 'json:state']], scope: 'event' },
  eventType: { from: ['header:x-netlify-event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: '6 failures disable the hook',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Site configuration, Notifications, HTTP post request: paste the URL and set a JWS secret token.',
  notes: ['JWS in x-webhook-signature; body bound by claim sha256 (hex)'],
});
