import { defineSender } from '../model/sender.js';

export const jotform = defineSender({
  id: 'jotform',
  name: 'Jotform',
  category: 'forms',
  confidence: 'memory',
  schemes: [{ kind: 'token', id: 'url-secret', token: { in: 'query:token' } }],
  secret: [
    {
      name: 'secret',
      label: 'Token in the URL',
      hint: 'The value of ?token=… in the URL that you paste there.',
    },
  ],
  jsonField: 'rawRequest',
  eventId: { from: ['form:submissionID'], scope: 'event' },
  eventType: { note: 'One type' },
  delivery: {
    contentType: 'multipart/form-data with rawRequest JSON string',
    accepts: '2xx',
    timeoutSeconds: 30,
    retries: 'none or few',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Form, Settings, Integrations, Webhooks: paste the URL with ?token=… at its end.',
  notes: ['No signature: secret in URL; optionally re-fetch the submission by API'],
});
