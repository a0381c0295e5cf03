import { defineSender } from '../model/sender.js';

export const mailchimp = defineSender({
  id: 'mailchimp',
  name: 'Mailchimp Marketing',
  category: 'email',
  confidence: 'memory',
  schemes: [{ kind: 'token', id: 'url-secret', token: { in: 'query:secret' } }],
  secret: [
    {
      name: 'secret',
      label: 'Secret in the URL',
      hint: 'The value of ?secret=… in the URL that you paste there.',
    },
  ],
  handshakes: [{ kind: 'method-check', when: { method: 'GET' }, answer: { status: 200 } }],
  eventId: { note: 'No id is sent; as a duplicate key think of: type + fired_at + data[id]' },
  eventType: { from: ['form:type'] },
  delivery: {
    contentType: 'application/x-www-form-urlencoded',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: 'retried for about 75 min (20 tries), then disabled',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Audience, Settings, Webhooks: paste the URL with ?secret=… at its end.',
  notes: ['No signature: put a secret in the URL'],
});
