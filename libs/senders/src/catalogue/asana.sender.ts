import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const asana = defineSender({
  id: 'asana',
  name: 'Asana',
  category: 'pm',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-hook-signature', encoding: 'hex' })],
  secret: [
    {
      name: 'secret',
      label: 'Hook secret',
      hint: 'Sent by Asana when the webhook is made; captured by itself.',
    },
  ],
  handshakes: [
    {
      kind: 'store-secret',
      when: { method: 'POST', present: ['header:x-hook-secret'] },
      answer: { status: 200, headers: { 'x-hook-secret': { of: 'header:x-hook-secret' } } },
      effect: { storeSecret: 'header:x-hook-secret' },
      note: 'Arrives, unsigned, while the call that makes the webhook is still open.',
    },
  ],
  eventId: { note: 'No id is sent; as a duplicate key think of: hash of each events.* item' },
  eventType: { from: ['json:events.*.action'], note: 'With events.*.resource.resource_type' },
  delivery: {
    contentType: 'application/json',
    accepts: '200 or 204',
    timeoutSeconds: 10,
    retries: 'for 24 h, then the webhook is deleted; at-most-once, heartbeats (empty events) every 8 h',
    addresses: 'none',
    known: 'docs',
  },
  setup: 'Make the webhook through the API with the URL as target; the secret is captured by itself.',
  notes: ['Events array may be empty (heartbeat) or hold many events: fan out'],
});
