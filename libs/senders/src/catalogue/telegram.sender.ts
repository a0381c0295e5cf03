import { defineSender } from '../model/sender.js';

export const telegram = defineSender({
  id: 'telegram',
  name: 'Telegram Bot API',
  category: 'chat',
  confidence: 'third-party',
  schemes: [{ kind: 'token', id: 'default', token: { in: 'header:x-telegram-bot-api-secret-token' } }],
  secret: [{ name: 'secret', label: 'Secret token', hint: 'The secret_token of setWebhook.' }],
  eventId: { from: ['json:update_id'], scope: 'event' },
  eventType: { firstKeyExcept: ['update_id'], note: 'The name of the member beside update_id.' },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx',
    timeoutSeconds: 60,
    timeoutNote: 'Body may be a bot API call',
    retries: 'repeats until 2xx, reasonable number of attempts; updates kept 24 h',
    addresses: 'published (two ranges)',
    known: 'memory',
  },
  setup: 'Call setWebhook with the URL and a secret_token of your choice.',
  notes: ['secret_token of setWebhook: 1-256 chars A-Za-z0-9_-', 'Ports 443, 80, 88, 8443 only'],
});
