import { defineSender } from '../model/sender.js';

export const ghost = defineSender({
  id: 'ghost',
  name: 'Ghost',
  category: 'cms',
  confidence: 'docs',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:x-ghost-signature',
        separator: ', ',
        pair: '=',
        key: 'sha256',
        leads: true,
        encoding: 'hex',
      },
      signed: { template: '{body}{t}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 300, chosen: true },
    },
    {
      kind: 'hmac',
      id: 'legacy-v4',
      legacy: true,
      algorithm: 'sha256',
      signature: {
        in: 'header:x-ghost-signature',
        separator: ', ',
        pair: '=',
        key: 'sha256',
        leads: true,
        encoding: 'hex',
      },
      signed: { template: '{body}' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Secret' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: object id + updated_at' },
  eventType: { note: 'Not in the payload: one URL per event' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx; 410 deletes the webhook',
    timeoutSeconds: 2,
    retries: '5 retries by the HTTP client',
    addresses: 'self-hosted',
    known: 'source',
  },
  setup: 'Settings, Integrations, your custom integration, Add webhook: paste the URL and set a secret.',
  notes: [
    'header: "sha256=<hex>, t=<ms>"; HMAC over body followed by t (no separator); older versions signed the body alone',
  ],
});
