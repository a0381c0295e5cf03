import { defineSender } from '../model/sender.js';

export const retell = defineSender({
  id: 'retell',
  name: 'Retell AI',
  category: 'ai',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-retell-signature', separator: ',', pair: '=', key: 'd', encoding: 'hex' },
      signed: { template: '{body}{t}' },
      vars: { t: 'signature:v' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 300 },
    },
  ],
  secret: [{ name: 'secret', label: 'API key' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: call.call_id + event' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: '3 retries',
    addresses: 'published',
    known: 'memory',
  },
});
