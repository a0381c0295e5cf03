import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const bitbucket = defineSender({
  id: 'bitbucket',
  name: 'Bitbucket Cloud / Data Center',
  category: 'dev',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-hub-signature', encoding: 'hex', prefix: 'sha256=' })],
  secret: [{ name: 'secret', label: 'Secret' }],
  eventId: {
    from: ['header:x-request-uuid', 'header:x-request-id'],
    scope: 'delivery',
    note: 'Cloud, then Data Center; the attempt number is in x-attempt-number.',
  },
  eventType: { from: ['header:x-event-key'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: 'Cloud: 2 more attempts on 5xx/timeout',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Repository settings, Webhooks, Add webhook: paste the URL and set a secret.',
  notes: ['Header name equals GitHub’s old SHA-1 header but the value is sha256='],
});
