import { defineSender } from '../model/sender.js';

export const msGraph = defineSender({
  id: 'ms-graph',
  name: 'Microsoft Graph change notifications',
  category: 'platform',
  confidence: 'memory',
  schemes: [{ kind: 'token', id: 'clientState', token: { in: 'json:value.*.clientState' } }],
  secret: [
    { name: 'secret', label: 'Client state', hint: 'The clientState given when the subscription was made.' },
  ],
  handshakes: [
    {
      kind: 'echo-query',
      when: { method: 'POST', present: ['query:validationToken'] },
      answer: { status: 200, text: { of: 'query:validationToken' } },
    },
  ],
  eventId: {
    from: ['json:value.*.id'],
    scope: 'event',
    note: 'Not every resource sends it. A composed key would be subscriptionId, resource, changeType and etag.',
  },
  eventType: { from: ['json:value.*.changeType'] },
  answer: { status: 202, body: '' },
  delivery: {
    contentType: 'application/json',
    accepts: '202',
    timeoutSeconds: 10,
    timeoutNote: 'Validation must be answered within 10 s',
    retries: 'up to 4 h, dropped if the endpoint is slow (more than 10 s for over 10-15% of calls)',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Give the URL as notificationUrl, and a clientState of your choice, when creating the subscription.',
  notes: [
    'clientState is a shared token in every item; rich notifications add validationTokens (JWT) and encrypted content: code',
    'Subscriptions expire and need renewal',
  ],
});
