import { defineSender } from '../model/sender.js';

export const recurly = defineSender({
  id: 'recurly',
  name: 'Recurly',
  category: 'payments',
  confidence: 'docs',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:recurly-signature', separator: ',', skip: 1, encoding: 'hex' },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:0' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 300 },
    },
  ],
  secret: [{ name: 'secret', label: 'Secret key', hint: 'Of the endpoint.' }],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:event_type'], note: 'With object_type' },
  delivery: {
    contentType: 'application/json (signed) or XML (unsigned)',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries: '10 retries, gap about 10 + x*2^(x+5) s',
    addresses: 'published',
    known: 'docs',
  },
  notes: ['header: <ms>,<hex>[,<hex>...] positional'],
});
