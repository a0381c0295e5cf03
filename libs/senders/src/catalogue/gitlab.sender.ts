import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const gitlab = defineSender({
  id: 'gitlab',
  name: 'GitLab',
  category: 'dev',
  confidence: 'vendor',
  schemes: [
    standardWebhooksHmac({ id: 'signing-token' }),
    { kind: 'token', id: 'secret-token', token: { in: 'header:x-gitlab-token' } },
  ],
  secret: [
    {
      name: 'secret',
      label: 'Signing token or secret token',
      hint: 'A signing token begins with whsec_; a secret token is sent as it is.',
    },
  ],
  eventId: {
    from: ['header:idempotency-key', 'header:webhook-id'],
    scope: 'event',
    note: 'Newer releases send it. x-gitlab-event-uuid is shared by recursive hooks and so is no id.',
  },
  eventType: { from: ['header:x-gitlab-event'], note: 'Finer: JSON object_kind' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    timeoutNote: 'Hosted service',
    retries:
      'no retry of one event by default; hook is disabled for a growing time after 4 failures in a row (temporary), permanently after 40',
    addresses: 'published range for the hosted service',
    rotation: 'signing token is whsec_ + base64 of 32 bytes',
    known: 'docs',
  },
  setup: 'Project or group settings, Webhooks, Add new webhook: paste the URL and set a token.',
  notes: [
    'Secret token is sent in clear in x-gitlab-token: constant-time compare, no body integrity',
    'The signing token (Standard Webhooks) is new in 2026 and opt-in',
    'Custom webhook templates can change the body shape',
  ],
});
