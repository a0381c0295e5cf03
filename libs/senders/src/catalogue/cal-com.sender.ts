import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const calCom = defineSender({
  id: 'cal-com',
  name: 'Cal.com',
  category: 'scheduling',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-cal-signature-256', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Secret' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: payload.uid + triggerEvent + createdAt' },
  eventType: { from: ['json:triggerEvent'] },
  delivery: {
    contentType: 'application/json (or custom template)',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries: 'none (hosted: limited)',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Settings, Developer, Webhooks, New: paste the subscriber URL and set a secret.',
  notes: ['Without a secret the header says no-secret-provided'],
});
