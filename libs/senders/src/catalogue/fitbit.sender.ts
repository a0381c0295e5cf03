import { defineSender } from '../model/sender.js';

export const fitbit = defineSender({
  id: 'fitbit',
  name: 'Fitbit',
  category: 'health',
  confidence: 'memory',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha1',
      signature: { in: 'header:x-fitbit-signature', encoding: 'base64' },
      signed: { template: '{body}' },
      key: { decode: 'utf8', suffix: '&' },
    },
  ],
  secret: [
    { name: 'clientSecret', label: 'Client secret' },
    {
      name: 'verificationCode',
      label: 'Verification code',
      optional: true,
      hint: 'Shown when the subscriber is added.',
    },
  ],
  handshakes: [
    {
      kind: 'code-check',
      when: { method: 'GET', present: ['query:verify'] },
      check: { of: 'query:verify', field: 'verificationCode', otherwise: 404, required: true },
      answer: { status: 204 },
      note: 'Fitbit sends the right code and a wrong one.',
    },
  ],
  eventId: { note: 'No id is sent; as a duplicate key think of: ownerId + collectionType + date' },
  eventType: { from: ['json:*.collectionType'] },
  answer: { status: 204, body: '' },
  delivery: {
    contentType: 'application/json',
    accepts: '204',
    timeoutSeconds: 5,
    retries: 'backoff, then disabled',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['Key is client secret + "&"'],
});
