import { defineSender } from '../model/sender.js';

export const kontentAi = defineSender({
  id: 'kontent-ai',
  name: 'Kontent.ai',
  category: 'cms',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:x-kontent-ai-signature',
        alsoIn: ['header:x-kc-signature'],
        encoding: 'base64',
      },
      signed: { template: '{body}' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Secret' }],
  eventId: {
    note: 'No id is sent; as a duplicate key think of: notifications.*.data.system.id + message.action',
  },
  eventType: { from: ['json:notifications.*.message.action'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 60,
    retries: 'growing gaps for up to 3 days',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['Legacy webhooks use x-kc-signature'],
});
