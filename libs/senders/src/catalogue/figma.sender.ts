import { defineSender } from '../model/sender.js';

export const figma = defineSender({
  id: 'figma',
  name: 'Figma',
  category: 'design',
  confidence: 'third-party',
  schemes: [{ kind: 'token', id: 'passcode', token: { in: 'json:passcode' } }],
  secret: [{ name: 'secret', label: 'Passcode', hint: 'The passcode given when the webhook was made.' }],
  handshakes: [
    {
      kind: 'ping',
      when: { method: 'POST', equals: { 'json:event_type': 'PING' } },
      answer: { status: 200 },
    },
  ],
  eventId: {
    note: 'No id is sent that is safe to tell duplicates by; as a duplicate key think of: webhook_id, event_type, timestamp and the file.',
  },
  eventType: { from: ['json:event_type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: '3 retries: 5 min, 30 min, 3 h',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'Make the webhook through the API with the URL as endpoint and a passcode of your choice.',
  notes: ['Passcode in clear in the body: strip it from logs'],
});
