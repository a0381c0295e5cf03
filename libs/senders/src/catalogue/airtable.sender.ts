import { defineSender } from '../model/sender.js';

export const airtable = defineSender({
  id: 'airtable',
  name: 'Airtable webhooks API',
  category: 'data',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-airtable-content-mac', prefix: 'hmac-sha256=', encoding: 'hex' },
      signed: { template: '{body}' },
      key: { decode: 'base64' },
    },
  ],
  secret: [
    {
      name: 'secret',
      label: 'MAC secret (base64)',
      hint: 'macSecretBase64, shown once when the webhook is made.',
    },
  ],
  eventId: { note: 'No id is sent.' },
  eventType: { note: 'Fetch payloads' },
  answer: { status: 200, body: '' },
  delivery: {
    contentType: 'application/json',
    accepts: '200 or 204 with empty body',
    timeoutSeconds: 25,
    retries: 'exponential for about 7 days (notifications then switched off)',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Make the webhook through the API with the URL as notificationUrl and keep macSecretBase64.',
  notes: [
    'macSecretBase64 is shown once at creation; expires 7 days after last refresh',
    'The form hmac-sha256=<hex> is not confirmed with the vendor: try it with a real delivery',
    'Automation script posts are unsigned',
  ],
});
