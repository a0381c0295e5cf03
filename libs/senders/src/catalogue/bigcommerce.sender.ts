import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const bigcommerce = defineSender({
  id: 'bigcommerce',
  name: 'BigCommerce',
  category: 'commerce',
  confidence: 'memory',
  schemes: [
    {
      kind: 'token',
      id: 'custom-header',
      token: { in: 'header:authorization', prefix: 'Bearer ', prefixOptional: true },
    },
    standardWebhooksHmac({ id: 'standard-webhooks', key: { decode: 'utf8' } }),
  ],
  secret: [
    {
      name: 'secret',
      label: 'Header value or client secret',
      hint: 'The authorization header set when the hook was made, or the client secret of the app.',
    },
  ],
  eventId: { from: ['json:hash'], scope: 'event' },
  eventType: { from: ['json:scope'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'retries for up to 48 h with growing gaps, then the hook is deactivated',
    addresses: 'published',
    known: 'secondary',
  },
  notes: [
    'Custom headers set at creation are the classic check',
    'Newer hooks are said to carry Standard Webhooks headers keyed with the client secret; how the key is decoded is not confirmed',
  ],
});
