import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const clickup = defineSender({
  id: 'clickup',
  name: 'ClickUp',
  category: 'pm',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Secret', hint: 'Shown when the webhook is made.' }],
  eventId: { from: [['json:webhook_id', 'json:history_items.0.id']], scope: 'event' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 7,
    retries: 'up to 5 per event; suspended after 100 failures',
    addresses: 'dynamic',
    known: 'memory',
  },
  setup: 'Make the webhook through the API with the URL and keep the secret of the answer.',
});
