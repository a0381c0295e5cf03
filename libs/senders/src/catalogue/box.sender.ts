import { defineSender } from '../model/sender.js';

export const box = defineSender({
  id: 'box',
  name: 'Box',
  category: 'files',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:box-signature-primary',
        alsoIn: ['header:box-signature-secondary'],
        encoding: 'base64',
      },
      signed: { template: '{body}{t}' },
      vars: { t: 'header:box-delivery-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'iso', toleranceSeconds: 600 },
    },
  ],
  secret: [{ name: 'secret', label: 'Signature key', hint: 'Primary or secondary.' }],
  eventId: { from: ['header:box-delivery-id'], scope: 'event', note: 'Same across retries' },
  eventType: { from: ['json:trigger'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 30,
    retries: 'up to 10 times with growing gaps, each about 5-12 min',
    addresses: 'none',
    rotation: 'primary and secondary keys at once: accept either header',
    known: 'memory',
  },
  setup: 'Developer console, your app, Webhooks: paste the URL; keys are under Manage signature keys.',
});
