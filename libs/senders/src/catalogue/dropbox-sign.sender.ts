import { defineSender } from '../model/sender.js';

export const dropboxSign = defineSender({
  id: 'dropbox-sign',
  name: 'Dropbox Sign (HelloSign)',
  category: 'esign',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'json:event.event_hash', encoding: 'hex' },
      signed: { template: '{t}{type}' },
      vars: { t: 'json:event.event_time', type: 'json:event.event_type' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'API key' }],
  jsonField: 'json',
  eventId: { from: ['json:event.event_hash'], scope: 'event' },
  eventType: { from: ['json:event.event_type'] },
  answer: { status: 200, contentType: 'text/plain', body: 'Hello API Event Received' },
  delivery: {
    contentType: 'multipart/form-data with field json',
    accepts: '200',
    timeoutSeconds: 30,
    retries: '6 retries with growing gaps',
    addresses: 'published',
    known: 'memory',
  },
  notes: [
    'event_hash covers only time+type with the API key; content-sha256/md5 headers cover the body but are no MAC',
    'The signed body is the JSON value of the form field json',
  ],
});
