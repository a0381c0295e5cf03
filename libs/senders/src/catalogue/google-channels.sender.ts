import { defineSender } from '../model/sender.js';

export const googleChannels = defineSender({
  id: 'google-channels',
  name: 'Google Calendar / Drive / Sheets push channels',
  category: 'platform',
  confidence: 'memory',
  schemes: [{ kind: 'token', id: 'default', token: { in: 'header:x-goog-channel-token' } }],
  secret: [{ name: 'secret', label: 'Channel token', hint: 'The token given when the channel was made.' }],
  handshakes: [
    { kind: 'ping', when: { equals: { 'header:x-goog-resource-state': 'sync' } }, answer: { status: 200 } },
  ],
  eventId: { from: [['header:x-goog-channel-id', 'header:x-goog-message-number']], scope: 'event' },
  eventType: { from: ['header:x-goog-resource-state'] },
  delivery: {
    contentType: 'empty body',
    accepts: '200, 201, 202, 204 or 102',
    timeoutSeconds: null,
    retries: 'on 500, 502, 503, 504 with exponential backoff',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['The body is empty', 'Channels expire'],
});
