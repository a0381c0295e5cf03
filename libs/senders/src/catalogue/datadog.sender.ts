import { defineSender } from '../model/sender.js';

export const datadog = defineSender({
  id: 'datadog',
  name: 'Datadog',
  category: 'monitoring',
  confidence: 'memory',
  schemes: [
    {
      kind: 'token',
      id: 'custom-header',
      token: { in: 'header:authorization', prefix: 'Bearer ', prefixOptional: true },
    },
    { kind: 'basic', id: 'basic' },
  ],
  secret: [
    {
      name: 'secret',
      label: 'Header value',
      optional: true,
      hint: 'The text of the authorization header set on the webhook.',
    },
    { name: 'user', label: 'User', optional: true },
    { name: 'password', label: 'Password', optional: true },
  ],
  eventId: { note: 'No id is sent; as a duplicate key think of: template $ID' },
  eventType: { note: 'Template $EVENT_TYPE' },
  delivery: {
    contentType: 'custom JSON template or form',
    accepts: '2xx',
    timeoutSeconds: 15,
    retries: 'on 5xx, up to 5',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Integrations, Webhooks, New: paste the URL and add a custom authorization header.',
  notes: ['No signature: basic auth in URL, custom headers, or OAuth'],
});
