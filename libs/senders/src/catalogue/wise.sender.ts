import { defineSender } from '../model/sender.js';

export const wise = defineSender({
  id: 'wise',
  name: 'Wise',
  category: 'payments',
  confidence: 'memory',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      algorithm: 'rsa-sha256',
      signature: { in: 'header:x-signature-sha256', encoding: 'base64' },
      signed: { template: '{body}' },
      key: { decode: 'pem', published: 'the public key in its documentation, one for each environment' },
    },
  ],
  secret: [{ name: 'publicKey', label: 'Public key (PEM)', optional: true }],
  handshakes: [
    { kind: 'ping', when: { equals: { 'header:x-test-notification': 'true' } }, answer: { status: 200 } },
  ],
  eventId: { from: ['header:x-delivery-id'], scope: 'event' },
  eventType: { from: ['json:event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries: '25 tries over about 2 weeks',
    addresses: 'none',
    known: 'memory',
  },
});
