import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const xero = defineSender({
  id: 'xero',
  name: 'Xero',
  category: 'accounting',
  confidence: 'memory',
  schemes: [bodyHmac({ header: 'x-xero-signature', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'Webhooks key' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: events.*.resourceId + eventDateUtc' },
  eventType: { from: ['json:events.*.eventType'] },
  answer: { status: 200, body: '', refusesWithoutBody: true },
  delivery: {
    contentType: 'application/json',
    accepts: '200 with empty body; 401 on a bad signature',
    timeoutSeconds: 5,
    retries: 'decreasing rate for 24 h, then disabled',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Developer portal, your app, Webhooks: store the webhooks key here first, then paste the URL.',
  notes: ['While the URL is being set up Xero sends right and wrong signatures and expects 200 and 401.'],
});
