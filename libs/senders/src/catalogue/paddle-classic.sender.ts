import { defineSender } from '../model/sender.js';

export const paddleClassic = defineSender({
  id: 'paddle-classic',
  name: 'Paddle Classic',
  category: 'payments',
  confidence: 'memory',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      algorithm: 'rsa-sha1',
      signature: { in: 'form:p_signature', encoding: 'base64' },
      signed: { canonical: 'phpSerializedForm' },
      key: { decode: 'pem' },
    },
  ],
  secret: [{ name: 'publicKey', label: 'Public key (PEM)', hint: 'Under Developer tools, Public key.' }],
  eventId: { from: ['form:alert_id'], scope: 'event' },
  eventType: { from: ['form:alert_name'] },
  delivery: {
    contentType: 'application/x-www-form-urlencoded',
    accepts: '200',
    timeoutSeconds: 10,
    retries: '72 h',
    addresses: 'published',
    known: 'memory',
  },
  notes: ['The signature covers the PHP serialisation of the sorted form fields without p_signature'],
});
