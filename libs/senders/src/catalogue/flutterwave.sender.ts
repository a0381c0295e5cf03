import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const flutterwave = defineSender({
  id: 'flutterwave',
  name: 'Flutterwave',
  category: 'payments',
  confidence: 'third-party',
  schemes: [
    { kind: 'token', id: 'secret-hash', token: { in: 'header:verif-hash' } },
    bodyHmac({ id: 'hmac', header: 'flutterwave-signature', encoding: 'base64' }),
  ],
  secret: [{ name: 'secret', label: 'Secret hash' }],
  eventId: { from: [['json:event', 'json:data.id', 'json:data.status']], scope: 'event' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 60,
    retries: '3 retries, 30 min apart (opt-in)',
    addresses: 'none',
    known: 'memory',
  },
  notes: [
    'v3: verif-hash is the secret in clear; v4: flutterwave-signature is the base64 HMAC-SHA256 of the body, keyed with the secret hash',
  ],
});
