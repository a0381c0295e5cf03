import { defineSender } from '../model/sender.js';

export const buildkite = defineSender({
  id: 'buildkite',
  name: 'Buildkite',
  category: 'ci',
  confidence: 'memory',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:x-buildkite-signature',
        separator: ',',
        pair: '=',
        key: 'signature',
        encoding: 'hex',
      },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300, chosen: true },
    },
    { kind: 'token', id: 'token', token: { in: 'header:x-buildkite-token' } },
  ],
  secret: [{ name: 'secret', label: 'Token' }],
  eventId: { from: ['header:x-buildkite-request'], scope: 'delivery' },
  eventType: { from: ['header:x-buildkite-event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'none documented',
    addresses: 'published',
    known: 'memory',
  },
});
