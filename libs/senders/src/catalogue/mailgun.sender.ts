import { defineSender } from '../model/sender.js';

export const mailgun = defineSender({
  id: 'mailgun',
  name: 'Mailgun',
  category: 'email',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'json:signature.signature', encoding: 'hex' },
      signed: { template: '{t}{token}' },
      vars: { t: 'json:signature.timestamp', token: 'json:signature.token' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300, chosen: true },
    },
    {
      kind: 'hmac',
      id: 'form',
      algorithm: 'sha256',
      signature: { in: 'form:signature', encoding: 'hex' },
      signed: { template: '{t}{token}' },
      vars: { t: 'form:timestamp', token: 'form:token' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [{ name: 'secret', label: 'HTTP webhook signing key', hint: 'Not the API key.' }],
  eventId: { from: ['json:event-data.id'], scope: 'event' },
  eventType: { from: ['json:event-data.event'] },
  delivery: {
    contentType: 'application/json (events); form/multipart (routes, inbound)',
    accepts: '200; 406 = reject, do not retry',
    timeoutSeconds: null,
    retries: '5, 10, 15 min, 1, 2, 4 h (8 h in all)',
    addresses: 'none',
    known: 'docs',
  },
  setup: 'Sending, Webhooks, Add webhook: paste the URL. The signing key is beside the list.',
  notes: [
    'The signature covers only timestamp+token, not the body: store tokens to stop replay',
    'key: HTTP webhook signing key',
  ],
});
