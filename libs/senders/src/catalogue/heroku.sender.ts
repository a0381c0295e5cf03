import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const heroku = defineSender({
  id: 'heroku',
  name: 'Heroku',
  category: 'deploy',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'heroku-webhook-hmac-sha256', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'Secret' }],
  eventId: { from: ['json:id'], scope: 'event', note: 'webhook_metadata.delivery.id too' },
  eventType: { from: ['json:webhook_metadata.event.include'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'depends on level: sync notifies',
    addresses: 'none',
    known: 'memory',
  },
});
