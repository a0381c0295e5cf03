import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const notion = defineSender({
  id: 'notion',
  name: 'Notion',
  category: 'pm',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-notion-signature', encoding: 'hex', prefix: 'sha256=' })],
  secret: [
    {
      name: 'secret',
      label: 'Verification token',
      hint: 'Sent by Notion when the subscription is made; captured by itself.',
    },
  ],
  handshakes: [
    {
      kind: 'store-secret',
      when: { method: 'POST', present: ['json:verification_token'] },
      answer: { status: 200 },
      effect: { storeSecret: 'json:verification_token' },
      note: 'Unsigned, once; the token is pasted back into Notion and signs from then on.',
    },
  ],
  eventId: { from: ['json:id'], scope: 'event', note: 'attempt_number counts' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'up to 8 tries over about 24 h',
    addresses: 'none',
    known: 'memory',
  },
  setup:
    'Your integration, Webhooks, Create a subscription: paste the URL; the token is captured here and must be pasted back there.',
  notes: ['database-automation webhook actions are a different feature: unsigned, custom headers'],
});
