import { defineSender } from '../model/sender.js';

export const zendesk = defineSender({
  id: 'zendesk',
  name: 'Zendesk',
  category: 'support',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-zendesk-webhook-signature', encoding: 'base64' },
      signed: { template: '{t}{body}' },
      vars: { t: 'header:x-zendesk-webhook-signature-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'iso', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Shown in the webhook.' }],
  eventId: { from: ['header:x-zendesk-webhook-invocation-id'], scope: 'event' },
  eventType: { from: ['json:type'], note: 'event-type webhooks; trigger webhooks have a free body' },
  delivery: {
    contentType: 'application/json, XML or form',
    accepts: '2xx',
    timeoutSeconds: 12,
    retries:
      '409: up to 3; 429/503 with retry-after under 60 s; timeouts up to 5; circuit breaker at 70% errors in 5 min',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Admin Center, Apps and integrations, Webhooks: paste the URL, then reveal the signing secret.',
  notes: ['Timestamp is ISO text, concatenated with no separator'],
});
