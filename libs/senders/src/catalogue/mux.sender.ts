import { defineSender } from '../model/sender.js';

export const mux = defineSender({
  id: 'mux',
  name: 'Mux',
  category: 'video',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:mux-signature', separator: ',', pair: '=', key: 'v1', encoding: 'hex' },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300 },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret' }],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries: 'for 24 h with growing gaps',
    addresses: 'none',
    known: 'memory',
  },
});
