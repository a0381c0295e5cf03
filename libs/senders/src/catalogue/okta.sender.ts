import { defineSender } from '../model/sender.js';

export const okta = defineSender({
  id: 'okta',
  name: 'Okta event hooks',
  category: 'auth',
  confidence: 'memory',
  schemes: [
    {
      kind: 'token',
      id: 'custom-header',
      token: { in: 'header:authorization', prefix: 'Bearer ', prefixOptional: true },
    },
  ],
  secret: [{ name: 'secret', label: 'Header value', hint: 'The authorization field of the event hook.' }],
  handshakes: [
    {
      kind: 'echo-header',
      when: { method: 'GET', present: ['header:x-okta-verification-challenge'] },
      answer: { status: 200, json: { verification: { of: 'header:x-okta-verification-challenge' } } },
    },
  ],
  eventId: { from: ['json:eventId'], scope: 'event', note: 'Data.events.*.uuid inside' },
  eventType: { from: ['json:data.events.*.eventType'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200 or 204',
    timeoutSeconds: 3,
    retries: '1 retry',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Workflow, Event hooks, Create: paste the URL and set the authentication field.',
});
