import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const replicate = defineSender({
  id: 'replicate',
  name: 'Replicate',
  category: 'ai',
  confidence: 'vendor',
  schemes: [standardWebhooksHmac()],
  secret: [{ name: 'secret', label: 'Signing key', hint: 'Begins with whsec_.' }],
  eventId: { from: ['header:webhook-id'], scope: 'event', note: 'Or JSON id + status' },
  eventType: { from: ['json:status'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'terminal events only are retried, a few times with backoff',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['The SDK does not check the timestamp'],
});
