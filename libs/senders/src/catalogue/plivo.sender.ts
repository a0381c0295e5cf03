import { defineSender } from '../model/sender.js';

export const plivo = defineSender({
  id: 'plivo',
  name: 'Plivo',
  category: 'comms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-plivo-signature-v3', separator: ',', encoding: 'base64' },
      signed: { canonical: 'plivoV3' },
      vars: { nonce: 'header:x-plivo-signature-v3-nonce' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Auth token' }],
  eventId: { from: [['form:MessageUUID', 'form:Status']], scope: 'event' },
  eventType: { from: ['form:Status'] },
  delivery: {
    contentType: 'application/x-www-form-urlencoded',
    accepts: '200',
    timeoutSeconds: null,
    retries: '3 retries',
    addresses: 'published',
    known: 'memory',
  },
  notes: ['URL + sorted query + sorted params + nonce; several comma-separated signatures'],
});
