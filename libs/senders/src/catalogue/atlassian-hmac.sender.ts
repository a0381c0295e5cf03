import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const atlassianHmac = defineSender({
  id: 'atlassian-hmac',
  name: 'Jira / Confluence admin webhooks (secret)',
  category: 'dev',
  confidence: 'vendor',
  schemes: [bodyHmac({ header: 'x-hub-signature', encoding: 'hex', prefix: 'sha256=' })],
  secret: [{ name: 'secret', label: 'Secret', hint: 'The text typed when the webhook was made.' }],
  eventId: { from: ['header:x-atlassian-webhook-identifier'], scope: 'event' },
  eventType: { from: ['json:webhookEvent'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 20,
    retries: 'up to 5, on 408/409/425/429/5xx and network errors, 5-15 min apart',
    addresses: 'published',
    known: 'secondary',
  },
  setup: 'System settings, WebHooks, Create: paste the URL and set a secret.',
  notes: [
    'Only admin-registered webhooks with a secret are signed; Connect/OAuth dynamic webhooks are not signed this way',
    'x-atlassian-webhook-flow Primary/Secondary',
  ],
});
