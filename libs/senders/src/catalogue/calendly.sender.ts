import { defineSender } from '../model/sender.js';

export const calendly = defineSender({
  id: 'calendly',
  name: 'Calendly',
  category: 'scheduling',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:calendly-webhook-signature',
        separator: ',',
        pair: '=',
        key: 'v1',
        encoding: 'hex',
      },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [
    { name: 'secret', label: 'Signing key', hint: 'The signing_key given when the subscription was made.' },
  ],
  eventId: { note: 'No id is sent; as a duplicate key think of: payload.uri + event' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 15,
    retries: 'exponential up to 24 h, then disabled',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Make the subscription through the API with the URL and a signing_key of your choice.',
  notes: ['Secret only if the creator of the subscription passed signing_key'],
});
