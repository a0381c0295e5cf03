import { defineSender } from '../model/sender.js';

export const tiktok = defineSender({
  id: 'tiktok',
  name: 'TikTok for developers',
  category: 'social',
  confidence: 'memory',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:tiktok-signature', separator: ',', pair: '=', key: 's', encoding: 'hex' },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300, chosen: true },
    },
  ],
  eventId: { note: 'No id is sent; as a duplicate key think of: client_key + event + create_time' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: 'exponential up to 72 h',
    addresses: 'none',
    known: 'memory',
  },
});
