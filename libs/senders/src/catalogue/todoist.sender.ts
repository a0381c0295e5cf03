import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const todoist = defineSender({
  id: 'todoist',
  name: 'Todoist',
  category: 'pm',
  confidence: 'memory',
  schemes: [bodyHmac({ header: 'x-todoist-hmac-sha256', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'Client secret' }],
  eventId: { from: ['header:x-todoist-delivery-id'], scope: 'event' },
  eventType: { from: ['json:event_name'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: '3 retries, 15 min apart',
    addresses: 'none',
    known: 'memory',
  },
});
