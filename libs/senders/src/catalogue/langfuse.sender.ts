import { defineSender } from '../model/sender.js';

export const langfuse = defineSender({
  id: 'langfuse',
  name: 'Langfuse',
  category: 'ai',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-langfuse-signature', separator: ',', pair: '=', key: 'v1', encoding: 'hex' },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: null },
    },
  ],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'unknown',
    addresses: 'unknown',
    known: 'unknown',
  },
});
