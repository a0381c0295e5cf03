import { defineSender } from '../model/sender.js';

export const trello = defineSender({
  id: 'trello',
  name: 'Trello',
  category: 'pm',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha1',
      signature: { in: 'header:x-trello-webhook', encoding: 'base64' },
      signed: { template: '{body}{url}' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'API secret', hint: 'The secret beside the API key, not a token.' }],
  handshakes: [{ kind: 'method-check', when: { method: 'HEAD' }, answer: { status: 200 } }],
  eventId: { from: ['json:action.id'], scope: 'event' },
  eventType: { from: ['json:action.type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200; 410 deletes the webhook',
    timeoutSeconds: 30,
    retries: '3 retries: 30, 60, 120 s; disabled after 30 days of failures (1000)',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Make the webhook through the API with the URL as callbackURL; it must stay exactly the same.',
  notes: ['Signs body + callbackURL exactly as registered', 'Key is the application secret, not the token'],
});
