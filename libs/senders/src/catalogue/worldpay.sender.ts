import { defineSender } from '../model/sender.js';

export const worldpay = defineSender({
  id: 'worldpay',
  name: 'Worldpay Access',
  category: 'payments',
  confidence: 'docs',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:event-signature', separator: ',', pair: '/SHA256/', encoding: 'hex' },
      signed: { template: '{body}' },
      key: { decode: 'utf8' },
    },
  ],
  eventId: { from: ['json:eventId'], scope: 'event' },
  eventType: { from: ['json:eventDetails.type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: '7 days with growing gaps',
    addresses: 'published',
    known: 'docs',
  },
  notes: ['event-signature: keyId/SHA256/hex, several comma-separated; every key id is tried'],
});
