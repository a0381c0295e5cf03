import { defineSender } from '../model/sender.js';

export const strapi = defineSender({
  id: 'strapi',
  name: 'Strapi',
  category: 'cms',
  confidence: 'memory',
  schemes: [
    {
      kind: 'token',
      id: 'custom-header',
      token: { in: 'header:authorization', prefix: 'Bearer ', prefixOptional: true },
    },
  ],
  secret: [{ name: 'secret', label: 'Header value', hint: 'The authorization header set on the webhook.' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: model + entry.id + event + createdAt' },
  eventType: { from: ['header:x-strapi-event'], note: 'Finer: JSON event' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: 'none',
    addresses: 'self-hosted',
    known: 'memory',
  },
  setup: 'Settings, Webhooks: paste the URL and add an authorization header.',
  notes: ['Unsigned by default: static header'],
});
