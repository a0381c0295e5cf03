import { defineSender } from '../model/sender.js';

export const monday = defineSender({
  id: 'monday',
  name: 'monday.com',
  category: 'pm',
  confidence: 'memory',
  schemes: [
    {
      kind: 'jwt',
      id: 'jwt',
      token: { in: 'header:authorization', prefix: 'Bearer ', prefixOptional: true },
      algorithms: ['HS256'],
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Of the app.' }],
  handshakes: [
    {
      kind: 'echo-json',
      when: { method: 'POST', present: ['json:challenge'] },
      answer: { status: 200, json: { challenge: { of: 'json:challenge' } } },
    },
  ],
  eventId: { from: ['json:event.triggerUuid'], scope: 'event' },
  eventType: { from: ['json:event.type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: 'every minute for 30 min',
    addresses: 'published',
    known: 'docs',
  },
  setup: 'Your app, Features, or Integrations of a board, Webhooks: paste the URL.',
  notes: [
    'Board webhooks made without an app are unsigned; app webhooks send an HS256 JWT that does not cover the body',
  ],
});
