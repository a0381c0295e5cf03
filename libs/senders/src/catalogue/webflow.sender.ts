import { defineSender } from '../model/sender.js';

export const webflow = defineSender({
  id: 'webflow',
  name: 'Webflow',
  category: 'cms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-webflow-signature', encoding: 'hex' },
      signed: { template: '{t}:{body}' },
      vars: { t: 'header:x-webflow-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'ms', toleranceSeconds: 300 },
    },
  ],
  secret: [{ name: 'secret', label: 'Client secret or site secret' }],
  eventId: {
    note: 'No id is sent; as a duplicate key think of: payload.id or _id + triggerType + timestamp',
  },
  eventType: { from: ['json:triggerType'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: '3 retries, 10 min apart',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Site settings, Apps and integrations, Webhooks: paste the URL and copy the secret.',
  notes: ['Signed only for webhooks made by an OAuth app or (since 2025) with site-token secret key'],
});
