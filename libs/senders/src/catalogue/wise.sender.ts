import { defineSender } from '../model/sender.js';

/** As printed in Wise's guide to webhook events. */
const PRODUCTION_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvO8vXV+JksBzZAY6GhSO
XdoTCfhXaaiZ+qAbtaDBiu2AGkGVpmEygFmWP4Li9m5+Ni85BhVvZOodM9epgW3F
bA5Q1SexvAF1PPjX4JpMstak/QhAgl1qMSqEevL8cmUeTgcMuVWCJmlge9h7B1CS
D4rtlimGZozG39rUBDg6Qt2K+P4wBfLblL0k4C4YUdLnpGYEDIth+i8XsRpFlogx
CAFyH9+knYsDbR43UJ9shtc42Ybd40Afihj8KnYKXzchyQ42aC8aZ/h5hyZ28yVy
Oj3Vos0VdBIs/gAyJ/4yyQFCXYte64I7ssrlbGRaco4nKF3HmaNhxwyKyJafz19e
HwIDAQAB
-----END PUBLIC KEY-----`;

export const wise = defineSender({
  id: 'wise',
  name: 'Wise',
  category: 'payments',
  confidence: 'memory',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      algorithm: 'rsa-sha256',
      signature: { in: 'header:x-signature-sha256', encoding: 'base64' },
      signed: { template: '{body}' },
      key: {
        decode: 'pem',
        published: { kind: 'printed', words: 'the production key in its documentation', pem: PRODUCTION_KEY },
      },
    },
  ],
  secret: [
    {
      name: 'publicKey',
      label: 'Public key (PEM)',
      optional: true,
      hint: 'Without it the production key counts. Store the one of the sandbox to test with; with a key stored, nothing unsigned is let in.',
    },
  ],
  handshakes: [
    { kind: 'ping', when: { equals: { 'header:x-test-notification': 'true' } }, answer: { status: 200 } },
  ],
  eventId: { from: ['header:x-delivery-id'], scope: 'event' },
  eventType: { from: ['json:event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries: '25 tries over about 2 weeks',
    addresses: 'none',
    known: 'memory',
  },
});
