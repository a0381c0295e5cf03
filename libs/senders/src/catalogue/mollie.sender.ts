import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const mollie = defineSender({
  id: 'mollie',
  name: 'Mollie (next-gen; classic)',
  category: 'payments',
  confidence: 'third-party',
  schemes: [
    bodyHmac({ header: 'x-mollie-signature', encoding: 'hex', prefix: 'sha256=' }),
    { kind: 'none', id: 'classic' },
  ],
  secret: [{ name: 'secret', label: 'Signing secret' }],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json (next-gen); form id=tr_... (classic)',
    accepts: '200',
    timeoutSeconds: 15,
    retries: '10 tries over 26 h',
    addresses: 'none',
    known: 'docs',
  },
  setup: 'Developers, Webhooks: paste the URL and copy the signing secret.',
  notes: ['classic: only an id is posted: fetch the object to confirm'],
});
