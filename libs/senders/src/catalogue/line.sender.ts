import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const line = defineSender({
  id: 'line',
  name: 'LINE',
  category: 'chat',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-line-signature', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'Channel secret' }],
  handshakes: [{ kind: 'ping', when: { method: 'POST', emptyList: 'json:events' }, answer: { status: 200 } }],
  eventId: { from: ['json:events.*.webhookEventId'], scope: 'event' },
  eventType: { from: ['json:events.*.type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 2,
    retries: 'optional redelivery, count not published; deliveryContext.isRedelivery',
    addresses: 'none (not to be relied on)',
    known: 'memory',
  },
  setup:
    'Developers console, Messaging API: paste the webhook URL. The channel secret is under Basic settings.',
});
