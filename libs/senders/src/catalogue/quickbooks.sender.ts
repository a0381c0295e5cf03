import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const quickbooks = defineSender({
  id: 'quickbooks',
  name: 'QuickBooks / Intuit',
  category: 'accounting',
  confidence: 'memory',
  schemes: [bodyHmac({ header: 'intuit-signature', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'Verifier token' }],
  eventId: {
    note: 'No id is sent; as a duplicate key think of: realmId + entity id + operation + lastUpdated',
  },
  eventType: { from: ['json:eventNotifications.*.dataChangeEvent.entities.*.operation'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 3,
    retries: '20, 30, 50 min; then disabled',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Developer portal, your app, Webhooks: paste the URL and show the verifier token.',
});
