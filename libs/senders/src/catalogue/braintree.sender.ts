import { defineSender } from '../model/sender.js';

export const braintree = defineSender({
  id: 'braintree',
  name: 'Braintree',
  category: 'payments',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha1',
      signature: {
        in: 'form:bt_signature',
        separator: '&',
        pair: '|',
        keyField: 'publicKey',
        encoding: 'hex',
      },
      signed: { template: ['{p}', '{p}\n'] },
      vars: { p: 'form:bt_payload' },
      key: { decode: 'sha1' },
    },
  ],
  secret: [
    { name: 'privateKey', label: 'Private key' },
    {
      name: 'publicKey',
      label: 'Public key',
      optional: true,
      hint: 'Needed to answer the challenge of older set-ups.',
    },
  ],
  handshakes: [
    {
      kind: 'hmac-query',
      when: { method: 'GET', present: ['query:bt_challenge'] },
      answer: {
        status: 200,
        text: {
          of: 'query:bt_challenge',
          hmac: { algorithm: 'sha1', encoding: 'hex', key: { decode: 'sha1' } },
          prefix: '{publicKey}|',
        },
      },
      note: 'Older set-ups.',
    },
  ],
  eventId: { note: 'No id is sent; as a duplicate key think of a hash of bt_payload.' },
  eventType: { note: 'XML kind in base64 bt_payload' },
  delivery: {
    contentType: 'application/x-www-form-urlencoded',
    accepts: '2xx',
    timeoutSeconds: 30,
    retries: 'hourly for 24 h (sandbox 3 h)',
    addresses: 'published',
    known: 'memory',
  },
  notes: [
    'bt_signature lists publicKey|hex pairs joined by &',
    'Key is SHA-1 of the private key',
    'Body after verification is base64 XML',
    'The payload is also accepted with a newline at its end',
  ],
});
