import { defineSender } from '../model/sender.js';

export const workos = defineSender({
  id: 'workos',
  name: 'WorkOS',
  category: 'auth',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:workos-signature', separator: ', ', pair: '=', key: 'v1', encoding: 'hex' },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 180 },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret' }],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: 'up to 12 tries over 3 days',
    addresses: 'published',
    known: 'memory',
  },
  notes: [
    'The SDK hashes JSON.stringify(parsed body), i.e. compact JSON; ms timestamp; space after the comma',
  ],
});
