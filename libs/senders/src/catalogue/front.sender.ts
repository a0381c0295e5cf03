import { defineSender } from '../model/sender.js';

export const front = defineSender({
  id: 'front',
  name: 'Front',
  category: 'support',
  confidence: 'memory',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-front-signature', encoding: 'base64' },
      signed: { template: '{t}:{body}' },
      vars: { t: 'header:x-front-request-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [{ name: 'secret', label: 'API secret' }],
  handshakes: [
    {
      kind: 'echo-header',
      when: { present: ['header:x-front-challenge'] },
      answer: { status: 200, text: { of: 'header:x-front-challenge' } },
    },
  ],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries: 'several',
    addresses: 'published',
    known: 'memory',
  },
});
