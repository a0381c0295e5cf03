import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const coinbaseCommerce = defineSender({
  id: 'coinbase-commerce',
  name: 'Coinbase Commerce',
  category: 'payments',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-cc-webhook-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Shared secret' }],
  eventId: { from: ['json:event.id'], scope: 'event' },
  eventType: { from: ['json:event.type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: 'exponential up to 3 days, gap at most 1 h',
    addresses: 'none',
    known: 'docs',
  },
  notes: [
    'Old product; the newer Coinbase developer platform webhooks sign differently (x-hook0-signature): not covered',
  ],
});
