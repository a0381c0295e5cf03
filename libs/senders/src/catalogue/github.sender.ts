import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const github = defineSender({
  id: 'github',
  name: 'GitHub',
  category: 'dev',
  confidence: 'vendor',
  schemes: [
    bodyHmac({ header: 'x-hub-signature-256', encoding: 'hex', prefix: 'sha256=' }),
    bodyHmac({
      id: 'legacy-sha1',
      legacy: true,
      header: 'x-hub-signature',
      algorithm: 'sha1',
      encoding: 'hex',
      prefix: 'sha1=',
    }),
  ],
  secret: [{ name: 'secret', label: 'Secret', hint: 'The text typed into the field Secret of the webhook.' }],
  jsonField: 'payload',
  handshakes: [
    { kind: 'ping', when: { equals: { 'header:x-github-event': 'ping' } }, answer: { status: 200 } },
  ],
  eventId: {
    from: ['header:x-github-delivery'],
    scope: 'event',
    note: 'A manual redelivery repeats the same GUID',
  },
  eventType: { from: ['header:x-github-event'], note: 'Finer: JSON action' },
  delivery: {
    contentType: 'application/json, or application/x-www-form-urlencoded with field payload',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: 'none automatic; redelivery by hand or API for 3 days',
    addresses: 'published (meta API, hooks)',
    rotation: 'one secret per hook; change is instant',
    known: 'docs',
  },
  setup:
    'Repository or organisation settings, Webhooks, Add webhook: paste the URL, content type application/json, type a secret.',
  notes: [
    'Payload capped at 25 MB',
    'Form content type: the signature is over the raw form body, the JSON is inside field payload',
    'GitHub Enterprise Server timeout differs (30 s in its docs)',
  ],
});
