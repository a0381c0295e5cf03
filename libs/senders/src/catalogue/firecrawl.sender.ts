import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const firecrawl = defineSender({
  id: 'firecrawl',
  name: 'Firecrawl',
  category: 'ai',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-firecrawl-signature', encoding: 'hex', prefix: 'sha256=' })],
  eventId: { from: ['json:webhookId'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 10,
    retries: '3 retries',
    addresses: 'none',
    known: 'memory',
  },
});
