import { defineSender } from '../model/sender.js';

export const twitch = defineSender({
  id: 'twitch',
  name: 'Twitch EventSub',
  category: 'social',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:twitch-eventsub-message-signature', prefix: 'sha256=', encoding: 'hex' },
      signed: { template: '{id}{t}{body}' },
      vars: { id: 'header:twitch-eventsub-message-id', t: 'header:twitch-eventsub-message-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 'iso', toleranceSeconds: 600 },
    },
  ],
  secret: [{ name: 'secret', label: 'Secret', hint: 'The secret given when the subscription was made.' }],
  handshakes: [
    {
      kind: 'echo-json',
      when: {
        method: 'POST',
        equals: { 'header:twitch-eventsub-message-type': 'webhook_callback_verification' },
      },
      signed: true,
      answer: { status: 200, text: { of: 'json:challenge' } },
    },
  ],
  eventId: { from: ['header:twitch-eventsub-message-id'], scope: 'event' },
  eventType: {
    from: ['header:twitch-eventsub-subscription-type'],
    note: 'Finer: twitch-eventsub-message-type tells notification/verification/revocation',
  },
  delivery: {
    contentType: 'application/json',
    accepts: '2xx within a few seconds',
    timeoutSeconds: null,
    retries: 'at least once; failures too often: subscription revoked (notification_failures_exceeded)',
    addresses: 'none',
    known: 'docs',
  },
  setup: 'Make the EventSub subscription with the URL as callback and a secret of your choice.',
  notes: ['Port 443 only; timestamps RFC3339 with nanoseconds: parsers must cope'],
});
