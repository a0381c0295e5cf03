import { defineSender } from '../model/sender.js';

export const telnyx = defineSender({
  id: 'telnyx',
  name: 'Telnyx',
  category: 'comms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      algorithm: 'ed25519',
      signature: { in: 'header:telnyx-signature-ed25519', encoding: 'base64' },
      signed: { template: '{t}|{body}' },
      vars: { t: 'header:telnyx-timestamp' },
      key: { decode: 'ed25519-base64' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300 },
    },
  ],
  secret: [
    { name: 'publicKey', label: 'Public key', hint: 'Base64, in the API keys section of the portal.' },
  ],
  eventId: { from: ['json:data.id'], scope: 'event' },
  eventType: { from: ['json:data.event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 2,
    retries: 'retried, then to the failover URL',
    addresses: 'published',
    known: 'memory',
  },
});
