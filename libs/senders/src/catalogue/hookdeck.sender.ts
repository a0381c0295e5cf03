import { defineSender } from '../model/sender.js';

export const hookdeck = defineSender({
  id: 'hookdeck',
  name: 'Hookdeck Event Gateway',
  category: 'webhooks',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:x-hookdeck-signature',
        alsoIn: ['header:x-hookdeck-signature-2'],
        encoding: 'base64',
      },
      signed: { template: '{body}' },
      key: { decode: 'utf8' },
    },
  ],
  secret: [{ name: 'secret', label: 'Signing secret' }],
  eventId: { from: ['header:x-hookdeck-eventid'], scope: 'event' },
  eventType: { note: 'As the origin' },
  delivery: {
    contentType: 'as the origin',
    accepts: '2xx',
    timeoutSeconds: 60,
    retries: 'per connection',
    addresses: 'published',
    rotation: 'second header x-hookdeck-signature-2',
    known: 'memory',
  },
});
