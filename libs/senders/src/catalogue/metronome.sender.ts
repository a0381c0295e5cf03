import { defineSender } from '../model/sender.js';

export const metronome = defineSender({
  id: 'metronome',
  name: 'Metronome',
  category: 'payments',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:metronome-webhook-signature', encoding: 'hex' },
      signed: { template: '{d}\n{body}' },
      vars: { d: ['header:x-metronome-date', 'header:date'] },
      key: { decode: 'utf8' },
      timestamp: { var: 'd', unit: 'http-date', toleranceSeconds: 300, chosen: true },
    },
  ],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'unknown',
    addresses: 'published',
    known: 'unknown',
  },
});
