import { defineSender } from '../model/sender.js';

export const cloudinary = defineSender({
  id: 'cloudinary',
  name: 'Cloudinary',
  category: 'media',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hash',
      id: 'default',
      algorithm: 'sha1',
      signature: { in: 'header:x-cld-signature', encoding: 'hex' },
      signed: { template: '{body}{t}{secret}' },
      vars: { t: 'header:x-cld-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 7200 },
    },
    {
      kind: 'hash',
      id: 'sha256',
      algorithm: 'sha256',
      signature: { in: 'header:x-cld-signature', encoding: 'hex' },
      signed: { template: '{body}{t}{secret}' },
      vars: { t: 'header:x-cld-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 7200 },
    },
  ],
  secret: [{ name: 'secret', label: 'API secret' }],
  eventId: { from: [['json:public_id', 'json:notification_type', 'json:timestamp']], scope: 'event' },
  eventType: { from: ['json:notification_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: '3 times, 3/6/9 min apart',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['Plain SHA-1 (or SHA-256 by account) of body+timestamp+secret, not HMAC'],
});
