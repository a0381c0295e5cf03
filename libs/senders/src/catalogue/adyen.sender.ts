import { defineSender } from '../model/sender.js';

export const adyen = defineSender({
  id: 'adyen',
  name: 'Adyen',
  category: 'payments',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'payments',
      algorithm: 'sha256',
      signature: {
        in: 'json:notificationItems.0.NotificationRequestItem.additionalData.hmacSignature',
        encoding: 'base64',
      },
      signed: { canonical: 'adyenItem' },
      key: { decode: 'hex' },
    },
    {
      kind: 'hmac',
      id: 'platform',
      algorithm: 'sha256',
      signature: { in: 'header:hmacsignature', encoding: 'base64' },
      signed: { template: '{body}' },
      key: { decode: 'hex' },
    },
  ],
  secret: [{ name: 'secret', label: 'HMAC key', hint: '64 hex characters.' }],
  eventId: {
    from: [
      [
        'json:notificationItems.*.NotificationRequestItem.pspReference',
        'json:notificationItems.*.NotificationRequestItem.eventCode',
        'json:notificationItems.*.NotificationRequestItem.success',
      ],
    ],
    scope: 'event',
  },
  eventType: { from: ['json:notificationItems.*.NotificationRequestItem.eventCode'] },
  answer: { status: 200, contentType: 'text/plain', body: '[accepted]' },
  delivery: {
    contentType: 'application/json (also form, SOAP)',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: '3 at once, then 2, 5, 10, 15, 30 min, 1, 2, 4, 8 h ... for 30 days',
    addresses: 'published by domain',
    known: 'memory',
  },
  setup: 'Customer Area, Developers, Webhooks: paste the URL and generate an HMAC key.',
  notes: [
    'Key is hex',
    'payments: 8 fields joined by : with no escaping for this string',
    'platform/banking: body HMAC in header hmacsignature',
    'Basic auth in addition',
  ],
});
