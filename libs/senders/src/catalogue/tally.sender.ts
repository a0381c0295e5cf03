import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const tally = defineSender({
  id: 'tally',
  name: 'Tally',
  category: 'forms',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'tally-signature', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'Signing secret' }],
  eventId: { from: ['json:eventId'], scope: 'event' },
  eventType: { from: ['json:eventType'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: '5 retries: 5 min, 30 min, 1 h, 6 h, 1 day',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Form, Integrations, Webhooks: paste the URL and set a signing secret.',
  notes: ['Vendor sample signs the re-serialised body; raw bytes are the same compact JSON'],
});
