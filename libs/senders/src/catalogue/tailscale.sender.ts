import { defineSender } from '../model/sender.js';

export const tailscale = defineSender({
  id: 'tailscale',
  name: 'Tailscale',
  category: 'infra',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:tailscale-webhook-signature',
        separator: ',',
        pair: '=',
        key: 'v1',
        encoding: 'hex',
      },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300 },
    },
  ],
  eventId: { note: 'No id is sent.' },
  eventType: { from: ['json:*.type'] },
  delivery: {
    contentType: 'application/json array',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'several',
    addresses: 'none',
    known: 'memory',
  },
});
