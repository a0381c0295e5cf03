import { defineSender } from '../model/sender.js';

const certificate = {
  kind: 'certificate',
  words: 'the certificate that the member SigningCertURL names, on a host of amazonaws.com',
  urlIn: 'json:SigningCertURL',
  host: '^sns\\.[a-z0-9-]{3,}\\.amazonaws\\.com(\\.cn)?$',
  path: '^/SimpleNotificationService-[A-Za-z0-9]{1,64}\\.pem$',
  hostLabel: { field: 'topicArn', at: 3 },
} as const;

export const awsSns = defineSender({
  id: 'aws-sns',
  name: 'AWS SNS (S3, CloudWatch, SES, ...)',
  category: 'platform',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'asymmetric',
      id: 'default',
      when: { place: 'json:SignatureVersion', equals: '2' },
      algorithm: 'rsa-sha256',
      signature: { in: 'json:Signature', encoding: 'base64' },
      signed: { canonical: 'snsFields' },
      key: { decode: 'pem', published: certificate },
      bound: [{ place: 'json:TopicArn', field: 'topicArn' }],
    },
    {
      kind: 'asymmetric',
      id: 'v1',
      when: { place: 'json:SignatureVersion', equals: '1' },
      algorithm: 'rsa-sha1',
      signature: { in: 'json:Signature', encoding: 'base64' },
      signed: { canonical: 'snsFields' },
      key: { decode: 'pem', published: certificate },
      bound: [{ place: 'json:TopicArn', field: 'topicArn' }],
    },
  ],
  secret: [
    {
      name: 'certPem',
      label: 'Certificate (PEM)',
      optional: true,
      hint: "SNS's signing certificate, if it is not to be fetched.",
    },
    {
      name: 'topicArn',
      label: 'Topic ARN',
      optional: true,
      hint: 'SNS signs for everybody: with it, only this topic is let in, and nothing unsigned.',
    },
  ],
  handshakes: [
    {
      kind: 'confirm-get',
      when: { method: 'POST', equals: { 'json:Type': 'SubscriptionConfirmation' } },
      signed: true,
      answer: { status: 200 },
      effect: { fetch: 'json:SubscribeURL', host: '^sns\\.[a-z0-9-]{3,}\\.amazonaws\\.com(\\.cn)?$' },
    },
  ],
  eventId: { from: ['header:x-amz-sns-message-id', 'json:MessageId'], scope: 'event' },
  eventType: {
    from: ['header:x-amz-sns-message-type', 'json:Type'],
    note: 'The payload is a JSON text in the member Message.',
  },
  delivery: {
    contentType: 'text/plain; charset=UTF-8 (yet JSON)',
    accepts: '2xx',
    timeoutSeconds: 15,
    timeoutNote: '15 s request timeout',
    retries:
      'default: 3 at once, 2 at 1 s, 10 backing off to 20 s, then 35 more at 20 s (50 in all, about 6 min); policy configurable',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Topic, Create subscription, protocol HTTPS: paste the URL. Raw message delivery must stay off.',
  notes: [
    'Content type lies: parse JSON in spite of text/plain',
    'Raw message delivery: no envelope and NO signature',
    'SignatureVersion 1 = SHA1, 2 = SHA256',
  ],
});
