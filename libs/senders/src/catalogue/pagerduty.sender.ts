import { defineSender } from '../model/sender.js';

export const pagerduty = defineSender({
  id: 'pagerduty',
  name: 'PagerDuty v3',
  category: 'monitoring',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:x-pagerduty-signature',
        separator: ',',
        pair: '=',
        key: 'v1',
        encoding: 'hex',
      },
      signed: { template: '{body}' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Shown once when the subscription is made.' }],
  handshakes: [
    { kind: 'ping', when: { equals: { 'json:event.event_type': 'pagey.ping' } }, answer: { status: 200 } },
  ],
  eventId: { from: ['json:event.id'], scope: 'event' },
  eventType: { from: ['json:event.event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx; 4xx is not retried',
    timeoutSeconds: 5,
    retries: 'retried on 5xx/timeouts for up to 48 h, then disabled',
    addresses: 'published',
    rotation: 'comma-separated v1= entries, one per active secret',
    known: 'memory',
  },
  setup: 'Integrations, Generic webhooks (v3): paste the URL and copy the signing secret.',
});
