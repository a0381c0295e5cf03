import { defineSender } from '../model/sender.js';

export const docusign = defineSender({
  id: 'docusign',
  name: 'DocuSign Connect',
  category: 'esign',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:x-docusign-signature-1',
        headerPattern: '^x-docusign-signature-\\d+$',
        encoding: 'base64',
      },
      signed: { template: '{body}' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'HMAC key', hint: 'A key of the Connect configuration.' }],
  eventId: { from: [['json:data.envelopeId', 'json:event', 'json:generatedDateTime']], scope: 'event' },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json (SIM) or XML',
    accepts: '200',
    timeoutSeconds: 100,
    retries: 'aggregate model: after 5 min, then daily pattern up to 15 days',
    addresses: 'published',
    rotation: 'up to 100 HMAC keys: headers x-docusign-signature-1..N, accept any',
    known: 'memory',
  },
  setup: 'Settings, Connect: paste the URL, switch HMAC on and add a key.',
});
