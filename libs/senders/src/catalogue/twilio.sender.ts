import { defineSender } from '../model/sender.js';

export const twilio = defineSender({
  id: 'twilio',
  name: 'Twilio (SMS, voice, status, Event Streams)',
  category: 'comms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'form',
      algorithm: 'sha1',
      signature: { in: 'header:x-twilio-signature', encoding: 'base64' },
      signed: { canonical: 'urlPlusSortedForm' },
      key: { decode: 'utf8' },
    },
    {
      kind: 'hmac',
      id: 'json',
      algorithm: 'sha1',
      signature: { in: 'header:x-twilio-signature', encoding: 'base64' },
      signed: { template: '{url}' },
      key: { decode: 'utf8' },
      bodyHash: { in: 'query:bodySHA256', algorithm: 'sha256', encoding: 'hex' },
    },
  ],
  secret: [{ name: 'secret', label: 'Auth token', hint: 'Of the account or sub-account that sends.' }],
  eventId: {
    from: ['header:i-twilio-idempotency-token'],
    scope: 'event',
    note: 'Message and call ids repeat for each status.',
  },
  eventType: { from: ['form:MessageStatus', 'form:SmsStatus', 'form:CallStatus'] },
  answer: { status: 204, body: '' },
  delivery: {
    contentType: 'application/x-www-form-urlencoded, GET query, or JSON with bodySHA256',
    accepts: '2xx',
    timeoutSeconds: 15,
    timeoutNote: 'Overridable per URL by connection overrides',
    retries: 'none by default for TwiML fetches; configurable by URL fragment (#rc=, #rp=)',
    addresses: 'none (dynamic)',
    known: 'memory',
  },
  setup:
    'Phone numbers or messaging service: paste the URL where a webhook is asked for. The auth token is on the console start page.',
  notes: [
    'The public URL is signed exactly as configured, with its query; it is tried with and without the port',
    'params: sorted keys, key+value with no separators; repeated keys: unique values sorted',
    'GET requests: URL with query only',
    'The account auth token is the key: sub-accounts have their own',
  ],
});
