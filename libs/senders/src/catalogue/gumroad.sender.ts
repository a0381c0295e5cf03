import { defineSender } from '../model/sender.js';

export const gumroad = defineSender({
  id: 'gumroad',
  name: 'Gumroad',
  category: 'creator',
  confidence: 'memory',
  schemes: [{ kind: 'token', id: 'url-secret', token: { in: 'query:token' } }],
  secret: [
    {
      name: 'secret',
      label: 'Token in the URL',
      hint: 'The value of ?token=… in the URL that you paste there.',
    },
  ],
  eventId: { from: ['form:sale_id'], scope: 'event' },
  eventType: { from: ['form:resource_name'] },
  delivery: {
    contentType: 'application/x-www-form-urlencoded',
    accepts: '200',
    timeoutSeconds: null,
    retries: 'hourly, up to 3',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Settings, Advanced, Ping: paste the URL with ?token=… at its end.',
  notes: ['unsigned: secret URL'],
});
