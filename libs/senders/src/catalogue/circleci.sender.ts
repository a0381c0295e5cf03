import { defineSender } from '../model/sender.js';

export const circleci = defineSender({
  id: 'circleci',
  name: 'CircleCI',
  category: 'ci',
  confidence: 'memory',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:circleci-signature', separator: ',', pair: '=', key: 'v1', encoding: 'hex' },
      signed: { template: '{body}' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Secret token' }],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['header:circleci-event-type'], note: 'Finer: JSON type' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries: 'retried on failure, schedule not published',
    addresses: 'published (paid)',
    known: 'memory',
  },
  setup: 'Project settings, Webhooks: paste the URL and set a secret token.',
});
