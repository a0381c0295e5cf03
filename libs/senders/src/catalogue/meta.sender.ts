import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const meta = defineSender({
  id: 'meta',
  name: 'Meta: Facebook pages / Instagram / WhatsApp / Lead Ads',
  category: 'social',
  confidence: 'third-party',
  schemes: [
    bodyHmac({ header: 'x-hub-signature-256', encoding: 'hex', prefix: 'sha256=' }),
    bodyHmac({
      id: 'legacy-sha1',
      legacy: true,
      header: 'x-hub-signature',
      algorithm: 'sha1',
      encoding: 'hex',
      prefix: 'sha1=',
    }),
  ],
  secret: [
    { name: 'appSecret', label: 'App secret' },
    {
      name: 'verifyToken',
      label: 'Verify token',
      optional: true,
      hint: 'The text that you chose for the verification request; without it any is accepted.',
    },
  ],
  handshakes: [
    {
      kind: 'echo-query',
      when: { method: 'GET', equals: { 'query:hub.mode': 'subscribe' } },
      check: { of: 'query:hub.verify_token', field: 'verifyToken', otherwise: 403 },
      answer: { status: 200, text: { of: 'query:hub.challenge' } },
    },
  ],
  eventId: {
    note: 'No id is sent; as a duplicate key think of: at the top; WhatsApp entry.*.changes.*.value.messages.*.id, Messenger entry.*.messaging.*.message.mid, leads leadgen_id',
  },
  eventType: {
    from: ['json:entry.*.changes.*.field', 'json:object'],
    note: 'The JSON member object tells the product.',
  },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 5,
    timeoutNote: 'Not confirmed',
    retries: 'at once, then less often for 36 h (WhatsApp up to 7 days), then dropped',
    addresses: 'ranges by ASN, not promised',
    known: 'memory',
  },
  setup:
    'App dashboard, Webhooks: paste the callback URL and the verify token of your choice. The app secret is under Settings, Basic.',
  notes: [
    'batched: up to 1000 changes in one POST: fan out',
    'non-ASCII is escaped (\\u00e4) in the signed bytes: raw body only',
    'mTLS available',
  ],
});
