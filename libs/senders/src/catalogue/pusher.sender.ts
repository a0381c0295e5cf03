import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const pusher = defineSender({
  id: 'pusher',
  name: 'Pusher Channels',
  category: 'realtime',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-pusher-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'App secret' }],
  eventId: {
    note: 'No id is sent that is safe to tell duplicates by; time_ms may be shared by two requests.',
  },
  eventType: { from: ['json:events.*.name'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 4,
    retries: 'exponential for 5 min',
    addresses: 'none',
    known: 'docs',
  },
  notes: ['x-pusher-key tells which app key'],
});
