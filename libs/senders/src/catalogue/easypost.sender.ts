import { defineSender } from '../model/sender.js';

export const easypost = defineSender({
  id: 'easypost',
  name: 'EasyPost',
  category: 'shipping',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-hmac-signature', prefix: 'hmac-sha256-hex=', encoding: 'hex' },
      signed: { canonical: 'easypost' },
      key: { decode: 'utf8', normalize: 'NFKD' },
    },
  ],
  secret: [{ name: 'secret', label: 'Webhook secret' }],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:description'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 7,
    retries: 'several',
    addresses: 'none',
    known: 'memory',
  },
  notes: [
    'Secret NFKD-normalised',
    'Weights are written as decimals in what is signed; a body whose weights became whole numbers on the way is accepted too',
  ],
});
