import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const intercom = defineSender({
  id: 'intercom',
  name: 'Intercom',
  category: 'support',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-hub-signature', algorithm: 'sha1', encoding: 'hex', prefix: 'sha1=' })],
  secret: [{ name: 'secret', label: 'Client secret', hint: 'Of the app.' }],
  handshakes: [
    { kind: 'ping', when: { method: 'POST', equals: { 'json:topic': 'ping' } }, answer: { status: 200 } },
    { kind: 'method-check', when: { method: 'HEAD' }, answer: { status: 200 } },
  ],
  eventId: { from: ['json:id'], scope: 'event', note: 'notif_...; delivery_attempts counts' },
  eventType: { from: ['json:topic'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx; 410 unsubscribes',
    timeoutSeconds: 5,
    retries:
      'one retry after 1 min; paused 15 min after 1000 errors in a row in 15 min; private apps suspended after 7 days',
    addresses: 'published',
    known: 'docs',
  },
  setup: 'Developer hub, your app, Webhooks: paste the URL. The client secret is under Basic information.',
});
