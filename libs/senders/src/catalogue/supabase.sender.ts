import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const supabase = defineSender({
  id: 'supabase',
  name: 'Supabase (auth hooks; database webhooks)',
  category: 'platform',
  confidence: 'third-party',
  schemes: [
    standardWebhooksHmac({ id: 'auth-hooks', key: { decode: 'base64', stripPrefix: 'v1,whsec_' } }),
    {
      kind: 'token',
      id: 'db-webhook-custom-header',
      token: { in: 'header:authorization', prefix: 'Bearer ' },
    },
  ],
  secret: [
    {
      name: 'secret',
      label: 'Hook secret',
      hint: 'Auth hooks: v1,whsec_…; database webhooks: the token of the authorization header that you add.',
    },
  ],
  eventId: { from: ['header:webhook-id'], scope: 'event', note: 'Auth hooks only' },
  eventType: { from: ['json:type'], note: 'Finer: INSERT/UPDATE/DELETE + table' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 5,
    timeoutNote: 'Auth hooks 5 s; database webhooks: timeout set per hook, 1-10 s',
    retries: 'auth hooks: 3 tries on 429/503 with retry-after; database webhooks: none',
    addresses: 'none',
    known: 'memory',
  },
  notes: [
    'Auth hook secret looks like v1,whsec_<base64>',
    'Database webhooks are unsigned: add your own header',
  ],
});
