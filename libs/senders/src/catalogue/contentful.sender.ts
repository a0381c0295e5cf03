import { defineSender } from '../model/sender.js';

export const contentful = defineSender({
  id: 'contentful',
  name: 'Contentful',
  category: 'cms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-contentful-signature', encoding: 'hex' },
      signed: { canonical: 'contentfulCanonical' },
      vars: { t: 'header:x-contentful-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 30 },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret' }],
  eventId: {
    from: ['header:x-contentful-idempotency-key'],
    scope: 'event',
    note: 'Newer; else sys.id + sys.revision',
  },
  eventType: { from: ['header:x-contentful-topic'] },
  delivery: {
    contentType: 'application/vnd.contentful.management.v1+json',
    accepts: '2xx',
    timeoutSeconds: 30,
    retries: '2 retries 30 s apart on 429/5xx',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Settings, Webhooks, Add webhook: paste the URL and switch request verification on.',
  notes: [
    'canonical: METHOD, path, "name:value" pairs joined by ;, body, joined by newline; x-contentful-signed-headers lists names',
    "The vendor's library percent-encodes the query string twice; both forms are accepted",
    'Path is the path the sender called: a proxy that strips a prefix breaks it',
  ],
});
