import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const storyblok = defineSender({
  id: 'storyblok',
  name: 'Storyblok',
  category: 'cms',
  confidence: 'memory',
  schemes: [bodyHmac({ header: 'webhook-signature', algorithm: 'sha1', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Webhook secret' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: story_id + action' },
  eventType: { from: ['json:action'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'none',
    addresses: 'none',
    known: 'memory',
  },
});
