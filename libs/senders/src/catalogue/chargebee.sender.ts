import { defineSender } from '../model/sender.js';

export const chargebee = defineSender({
  id: 'chargebee',
  name: 'Chargebee',
  category: 'payments',
  confidence: 'memory',
  schemes: [{ kind: 'basic', id: 'basic' }],
  secret: [
    { name: 'user', label: 'User' },
    { name: 'password', label: 'Password' },
  ],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 60,
    retries: 'up to 7 tries over about 3 days',
    addresses: 'published',
    known: 'memory',
  },
  notes: ['No signature: basic auth + secret URL'],
});
