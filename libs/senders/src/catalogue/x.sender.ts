import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const x = defineSender({
  id: 'x',
  name: 'X / Twitter account activity',
  category: 'social',
  confidence: 'docs',
  schemes: [bodyHmac({ header: 'x-twitter-webhooks-signature', encoding: 'base64', prefix: 'sha256=' })],
  secret: [{ name: 'secret', label: 'Consumer secret', hint: 'The API secret key of the app.' }],
  handshakes: [
    {
      kind: 'hmac-query',
      when: { method: 'GET', present: ['query:crc_token'] },
      answer: {
        status: 200,
        json: {
          response_token: {
            of: 'query:crc_token',
            hmac: { algorithm: 'sha256', encoding: 'base64', key: { decode: 'utf8' } },
            prefix: 'sha256=',
          },
        },
      },
      note: 'At registration and every hour after; must be answered within 3 s.',
    },
  ],
  eventId: { note: 'No id is sent; as a duplicate key think of: tweet_create_events.*.id_str etc.' },
  eventType: {
    firstKeyExcept: ['for_user_id', 'user_has_blocked', 'is_blocked_by', 'source', 'target', 'users'],
    note: 'The name of the top-level member.',
  },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 3,
    retries: 'enterprise: up to 3 retries over 5 min; other tiers none',
    addresses: 'none',
    known: 'docs',
  },
  setup: 'Register the URL with the account activity API; the consumer secret must be stored here first.',
  notes: [
    'URL must not carry a port',
    'The consumer secret signs both CRC and POST header x-twitter-webhooks-signature',
  ],
});
