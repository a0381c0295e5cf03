import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const typeform = defineSender({
  id: 'typeform',
  name: 'Typeform',
  category: 'forms',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'typeform-signature', encoding: 'base64', prefix: 'sha256=' })],
  secret: [{ name: 'secret', label: 'Secret' }],
  eventId: { from: ['json:event_id'], scope: 'event' },
  eventType: { from: ['json:event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 30,
    retries:
      'retried for 10 h with backoff on 429/5xx/timeouts; 404/410 disable at once; disabled at 100% failure in 24 h over 300 calls',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Form, Connect, Webhooks: paste the URL and set a secret.',
});
