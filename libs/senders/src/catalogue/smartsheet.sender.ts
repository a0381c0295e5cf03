import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const smartsheet = defineSender({
  id: 'smartsheet',
  name: 'Smartsheet',
  category: 'pm',
  confidence: 'memory',
  schemes: [bodyHmac({ header: 'smartsheet-hmac-sha256', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'Shared secret', hint: 'Shown when the webhook is made.' }],
  handshakes: [
    {
      kind: 'echo-header',
      when: { present: ['header:smartsheet-hook-challenge'] },
      answer: {
        status: 200,
        json: { smartsheetHookResponse: { of: 'header:smartsheet-hook-challenge' } },
        headers: { 'smartsheet-hook-response': { of: 'header:smartsheet-hook-challenge' } },
      },
    },
  ],
  eventId: { note: 'No id is sent; as a duplicate key think of: webhookId + nonce' },
  eventType: { from: ['json:events.*.eventType'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 10,
    retries: 'growing gaps, up to 14 tries',
    addresses: 'none',
    known: 'docs',
  },
});
