import { defineSender } from '../model/sender.js';

export const zoom = defineSender({
  id: 'zoom',
  name: 'Zoom',
  category: 'meetings',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-zm-signature', prefix: 'v0=', encoding: 'hex' },
      signed: { template: 'v0:{t}:{body}' },
      vars: { t: 'header:x-zm-request-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300, chosen: true },
    },
  ],
  secret: [{ name: 'secret', label: 'Secret token', hint: 'Under Feature of the app.' }],
  handshakes: [
    {
      kind: 'hmac-json',
      when: { method: 'POST', equals: { 'json:event': 'endpoint.url_validation' } },
      signed: true,
      answer: {
        status: 200,
        json: {
          plainToken: { of: 'json:payload.plainToken' },
          encryptedToken: {
            of: 'json:payload.plainToken',
            hmac: { algorithm: 'sha256', encoding: 'hex', key: { decode: 'utf8' } },
          },
        },
      },
      note: 'Repeated every 72 h.',
    },
  ],
  eventId: {
    note: 'No id is sent; as a duplicate key think of: documented; event + event_ts + payload.object.uuid',
  },
  eventType: { from: ['json:event'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200 or 204',
    timeoutSeconds: 3,
    retries: '3 retries: after 5 min, 20 min later, 60 min later',
    addresses: 'published',
    known: 'docs',
  },
  setup:
    'App Marketplace, your app, Feature, Event subscriptions: store the secret token here first, then paste the URL and validate.',
  notes: ['Optional basic/OAuth header auth per subscription'],
});
