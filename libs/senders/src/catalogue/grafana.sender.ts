import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const grafana = defineSender({
  id: 'grafana',
  name: 'Grafana Alerting',
  category: 'monitoring',
  confidence: 'third-party',
  schemes: [
    bodyHmac({ header: 'x-grafana-alerting-signature', encoding: 'hex' }),
    {
      kind: 'hmac',
      id: 'timestamped',
      algorithm: 'sha256',
      signature: { in: 'header:x-grafana-alerting-signature', encoding: 'hex' },
      signed: { template: '{t}:{body}' },
      vars: { t: ['header:{timestampHeader}', 'header:x-grafana-alerting-timestamp'] },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [
    { name: 'secret', label: 'HMAC secret' },
    {
      name: 'timestampHeader',
      label: 'Timestamp header',
      optional: true,
      hint: 'The header name chosen in the contact point, if any.',
    },
  ],
  eventId: {
    note: 'No id is sent that is safe to tell duplicates by; a reminder looks like the first notification.',
  },
  eventType: { from: ['json:status'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'by the notification pipeline until the next group interval',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Alerting, Contact points, Webhook: paste the URL and set the HMAC secret.',
  notes: [
    'HMAC is opt-in; signature header name is configurable (default shown); the timestamp header has NO default name, the user picks it, and only then the string is timestamp:body (unix s)',
    'POST or PUT',
  ],
});
