import { defineSender } from '../model/sender.js';

export const revolut = defineSender({
  id: 'revolut',
  name: 'Revolut (business and merchant)',
  category: 'payments',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:revolut-signature', separator: ',', pair: '=', key: 'v1', encoding: 'hex' },
      signed: { template: 'v1.{t}.{body}' },
      vars: { t: 'header:revolut-request-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 300 },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Begins with wsk_.' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: data.id + event + timestamp' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: '3 retries, 10 min apart',
    addresses: 'none',
    rotation: 'several v1= entries while the old secret lives',
    known: 'docs',
  },
});
