import { defineSender } from '../model/sender.js';

export const sendgrid = defineSender({
  id: 'sendgrid',
  name: 'SendGrid event webhook',
  category: 'email',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      algorithm: 'ecdsa-sha256',
      signature: { in: 'header:x-twilio-email-event-webhook-signature', encoding: 'base64' },
      signed: { template: '{t}{body}' },
      vars: { t: 'header:x-twilio-email-event-webhook-timestamp' },
      key: { decode: 'spki-base64' },
    },
  ],
  secret: [
    {
      name: 'publicKey',
      label: 'Verification key',
      hint: 'Base64, shown when the signed event webhook is switched on.',
    },
  ],
  eventId: { from: ['json:*.sg_event_id'], scope: 'event', note: 'Body is an array' },
  eventType: { from: ['json:*.event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'up to 24 h with growing gaps',
    addresses: 'none',
    known: 'memory',
  },
  setup:
    'Settings, Mail Settings, Event Webhook: paste the URL, switch the signed event webhook on and copy the verification key.',
  notes: [
    'Body ends with \\r\\n: any trimming breaks the signature',
    'Public key is base64 DER SPKI (P-256); ECDSA signature is DER',
    'Inbound parse webhook (multipart) is separate; signed only if set up',
  ],
});
