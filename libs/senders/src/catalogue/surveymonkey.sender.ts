import { defineSender } from '../model/sender.js';

export const surveymonkey = defineSender({
  id: 'surveymonkey',
  name: 'SurveyMonkey',
  category: 'forms',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha1',
      signature: { in: 'header:sm-signature', encoding: 'base64' },
      signed: { template: '{body}' },
      key: { decode: 'utf8', join: '{clientId}&{clientSecret}' },
    },
  ],
  secret: [
    { name: 'clientSecret', label: 'Client secret' },
    { name: 'clientId', label: 'Client id' },
  ],
  handshakes: [{ kind: 'method-check', when: { method: 'HEAD' }, answer: { status: 200 } }],
  eventId: { from: ['json:event_id'], scope: 'event' },
  eventType: { from: ['json:event_type'] },
  delivery: {
    contentType: 'application/vnd.surveymonkey.webhook+json',
    accepts: '200',
    timeoutSeconds: null,
    retries: 'up to 10 tries, then disabled',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['Key is client_id&client_secret; sign the body as sent (spacing kept)'],
});
