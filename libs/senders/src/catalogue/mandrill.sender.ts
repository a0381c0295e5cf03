import { defineSender } from '../model/sender.js';

export const mandrill = defineSender({
  id: 'mandrill',
  name: 'Mailchimp Transactional (Mandrill)',
  category: 'email',
  confidence: 'memory',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha1',
      signature: { in: 'header:x-mandrill-signature', encoding: 'base64' },
      signed: { canonical: 'urlPlusSortedFormAll' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Webhook key' }],
  jsonField: 'mandrill_events',
  handshakes: [
    { kind: 'method-check', when: { method: 'HEAD' }, answer: { status: 200 } },
    {
      kind: 'ping',
      when: { method: 'POST', equals: { 'form:mandrill_events': '[]' } },
      answer: { status: 200 },
      note: 'The test request is signed with the key test-webhook.',
    },
  ],
  eventId: { from: [['json:*._id', 'json:*.event', 'json:*.ts']], scope: 'event' },
  eventType: { from: ['json:*.event'] },
  delivery: {
    contentType: 'application/x-www-form-urlencoded',
    accepts: '200',
    timeoutSeconds: null,
    retries: 'retried for about 3 days with growing gaps',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Settings, Webhooks, Add a webhook: paste the URL; the key is shown in the list.',
  notes: ['HMAC-SHA1 base64 of URL + sorted key/value pairs', 'URL must equal the one registered'],
});
