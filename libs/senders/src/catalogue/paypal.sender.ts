import { defineSender } from '../model/sender.js';

export const paypal = defineSender({
  id: 'paypal',
  name: 'PayPal',
  category: 'payments',
  confidence: 'memory',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      algorithm: 'rsa-sha256',
      signature: { in: 'header:paypal-transmission-sig', encoding: 'base64' },
      signed: { template: '{id}|{t}|{webhookId}|{crc32(body)}' },
      vars: {
        id: 'header:paypal-transmission-id',
        t: 'header:paypal-transmission-time',
        webhookId: 'secret:webhookId',
      },
      key: {
        decode: 'pem',
        field: 'certPem',
        published: {
          kind: 'certificate',
          words: 'the certificate that the header paypal-cert-url names, on a host of paypal.com',
          needs: ['webhookId'],
          urlIn: 'header:paypal-cert-url',
          host: '^api(-m)?(\\.sandbox)?\\.paypal\\.com$',
          path: '^/v1/notifications/certs/CERT-[A-Za-z0-9-]{1,100}$',
        },
      },
    },
  ],
  secret: [
    {
      name: 'webhookId',
      label: 'Webhook id',
      hint: 'Shown with the webhook in the developer dashboard; it is part of what is signed.',
    },
    {
      name: 'certPem',
      label: 'Certificate (PEM)',
      optional: true,
      hint: "PayPal's signing certificate, if it is not to be fetched.",
    },
  ],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'up to 25 times over 3 days',
    addresses: 'none advised',
    known: 'memory',
  },
  setup: 'Developer dashboard, your app, Webhooks, Add webhook: paste the URL and copy the webhook id.',
  notes: [
    'string: transmission-id|transmission-time|webhookId|CRC32(body as unsigned decimal)',
    'auth-algo header says SHA256withRSA',
    'Webhook id (not a secret) is a needed input',
    'The certificate is fetched from a paypal.com host only, over https',
    'Simulator events cannot be verified by the API',
  ],
});
