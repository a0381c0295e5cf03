import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const launchdarkly = defineSender({
  id: 'launchdarkly',
  name: 'LaunchDarkly',
  category: 'dev',
  confidence: 'memory',
  schemes: [bodyHmac({ header: 'x-ld-signature', encoding: 'hex' })],
  eventId: { from: ['json:_id'], scope: 'event' },
  eventType: { from: ['json:kind'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: '1 retry',
    addresses: 'published',
    known: 'memory',
  },
});
