import { defineSender } from '../model/sender.js';

export const discord = defineSender({
  id: 'discord',
  name: 'Discord interactions / webhook events',
  category: 'chat',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      algorithm: 'ed25519',
      signature: { in: 'header:x-signature-ed25519', encoding: 'hex' },
      signed: { template: '{t}{body}' },
      vars: { t: 'header:x-signature-timestamp' },
      key: { decode: 'ed25519-hex' },
    },
  ],
  secret: [
    {
      name: 'publicKey',
      label: 'Application public key',
      hint: '64 hex characters, in the general information of the application.',
    },
  ],
  handshakes: [
    {
      kind: 'respond-fixed',
      when: { method: 'POST', equals: { 'json:type': '1' } },
      signed: true,
      answer: { status: 200, fixedJson: { type: 1 } },
      note: 'Interactions.',
    },
    {
      kind: 'respond-fixed',
      when: { method: 'POST', equals: { 'json:type': '0' } },
      signed: true,
      answer: { status: 204 },
      note: 'Webhook events.',
    },
  ],
  eventId: { from: ['json:id'], scope: 'event', note: 'Interaction id; webhook events: none at top level' },
  eventType: {
    from: ['json:event.type', 'json:type'],
    note: 'Webhook events by name, interactions by number.',
  },
  delivery: {
    contentType: 'application/json',
    accepts: '200 with body for interactions; 204 for webhook events',
    timeoutSeconds: 3,
    timeoutNote: 'Interaction answer must be a JSON interaction response',
    retries: 'interactions: none; webhook events: retried up to 10 min',
    addresses: 'none',
    known: 'memory',
  },
  setup:
    'Developer portal, your application: paste the URL as interactions endpoint or under Webhooks. The public key is under General Information. Store it here first.',
  notes: [
    'Discord sends deliberately bad signatures when the URL is saved and now and then later: they must get 401',
    'The secret is the application PUBLIC key (32 bytes hex)',
  ],
});
