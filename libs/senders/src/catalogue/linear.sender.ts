import { defineSender } from '../model/sender.js';

export const linear = defineSender({
  id: 'linear',
  name: 'Linear',
  category: 'dev',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:linear-signature', encoding: 'hex' },
      signed: { template: '{body}' },
      vars: { t: 'json:webhookTimestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 60, optional: true },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Shown in the webhook.' }],
  eventId: { from: ['header:linear-delivery'], scope: 'event' },
  eventType: { from: ['header:linear-event'], note: 'Finer: JSON action' },
  delivery: {
    contentType: 'application/json; charset=utf-8',
    accepts: '200',
    timeoutSeconds: 5,
    retries: '3 retries: 1 min, 1 h, 6 h; then may be disabled',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Settings, API, Webhooks, New webhook: paste the URL and copy the signing secret.',
  notes: [
    'Replay check uses body webhookTimestamp (ms), which is inside the signed body; SDK also takes header linear-timestamp',
  ],
});
