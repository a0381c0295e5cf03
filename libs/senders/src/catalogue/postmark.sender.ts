import { defineSender } from '../model/sender.js';

export const postmark = defineSender({
  id: 'postmark',
  name: 'Postmark',
  category: 'email',
  confidence: 'docs',
  schemes: [{ kind: 'basic', id: 'basic' }],
  secret: [
    { name: 'user', label: 'User' },
    { name: 'password', label: 'Password' },
  ],
  eventId: {
    from: [
      ['json:RecordType', 'json:MessageID', 'json:DeliveredAt'],
      ['json:RecordType', 'json:MessageID', 'json:BouncedAt'],
      ['json:RecordType', 'json:MessageID', 'json:ReceivedAt'],
      ['json:RecordType', 'json:MessageID', 'json:ChangedAt'],
      ['json:RecordType', 'json:MessageID', 'json:Date'],
    ],
    scope: 'event',
  },
  eventType: { from: ['json:RecordType'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries:
      'inbound: 10 retries over 10.5 h (1, 5, 10, 10, 10, 15, 30 min, 1, 2, 6 h); 403 stops; other webhooks fewer',
    addresses: 'published',
    known: 'docs',
  },
  setup: 'Server, Webhooks, Add webhook: paste the URL and set basic auth credentials.',
  notes: ['No signature: Basic auth in the URL and/or custom headers + IP list'],
});
