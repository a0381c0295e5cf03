import { standardWebhooksHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const openai = defineSender({
  id: 'openai',
  name: 'OpenAI',
  category: 'ai',
  confidence: 'vendor',
  schemes: [standardWebhooksHmac()],
  secret: [{ name: 'secret', label: 'Signing secret', hint: 'Begins with whsec_; shown once.' }],
  eventId: { from: ['header:webhook-id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'up to 72 h, exponential',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Project settings, Webhooks, Create: paste the URL and copy the signing secret.',
});
