import { defineSender } from '../model/sender.js';

export const paddle = defineSender({
  id: 'paddle',
  name: 'Paddle Billing',
  category: 'payments',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:paddle-signature', separator: ';', pair: '=', key: 'h1', encoding: 'hex' },
      signed: { template: '{t}:{body}' },
      vars: { t: 'signature:ts' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 5 },
    },
  ],
  secret: [{ name: 'secret', label: 'Endpoint secret key', hint: 'Begins with pdl_ntfset_.' }],
  eventId: { from: ['json:event_id'], scope: 'event', note: 'notification_id is per destination' },
  eventType: { from: ['json:event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 5,
    retries: 'live: 60 tries over 3 days; sandbox: 3 in 15 min',
    addresses: 'published',
    rotation: 'several h1 entries',
    known: 'memory',
  },
  setup: 'Developer tools, Notifications, New destination: paste the URL and copy the secret key.',
  notes: ['SDK default tolerance is only 5 s: a queue before verification would break it; verify on receipt'],
});
