import { defineSender } from '../model/sender.js';

export const onfleet = defineSender({
  id: 'onfleet',
  name: 'Onfleet',
  category: 'logistics',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha512',
      signature: { in: 'header:x-onfleet-signature', encoding: 'hex' },
      signed: { template: '{body}' },
      key: { decode: 'hex' },
    },
  ],
  secret: [{ name: 'secret', label: 'Webhook secret (hex)' }],
  handshakes: [
    {
      kind: 'echo-query',
      when: { method: 'GET', present: ['query:check'] },
      answer: { status: 200, text: { of: 'query:check' } },
    },
  ],
  eventId: { from: [['json:taskId', 'json:triggerId', 'json:time']], scope: 'event' },
  eventType: { from: ['json:triggerName'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'growing gaps, then disabled',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['HMAC-SHA512, key hex'],
});
