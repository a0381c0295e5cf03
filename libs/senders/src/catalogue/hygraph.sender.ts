import { defineSender } from '../model/sender.js';

export const hygraph = defineSender({
  id: 'hygraph',
  name: 'Hygraph',
  category: 'cms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:gcms-signature',
        separator: ', ',
        pair: '=',
        key: 'sign',
        leads: true,
        encoding: 'base64',
      },
      signed: { canonical: 'hygraphJson' },
      vars: { env: 'signature:env', timestamp: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 'timestamp', unit: 'ms', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [{ name: 'secret', label: 'Secret key' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: data.id + operation + stage' },
  eventType: { from: ['json:operation'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: '3 retries',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['Signed string is a JSON object that embeds the raw body as a string'],
});
