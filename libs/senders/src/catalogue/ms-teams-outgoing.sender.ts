import { defineSender } from '../model/sender.js';

export const msTeamsOutgoing = defineSender({
  id: 'ms-teams-outgoing',
  name: 'Microsoft Teams outgoing webhook',
  category: 'chat',
  confidence: 'third-party',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:authorization', prefix: 'HMAC ', encoding: 'base64' },
      signed: { template: '{body}' },
      key: { decode: 'base64' },
    },
  ],
  secret: [
    {
      name: 'secret',
      label: 'Security token',
      hint: 'Base64; shown once when the outgoing webhook is made.',
    },
  ],
  eventId: { from: ['json:id'], scope: 'event' },
  eventType: { from: ['json:type'] },
  answer: { status: 200, contentType: 'application/json', body: '{"type":"message","text":"Received."}' },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 5,
    timeoutNote: 'Not confirmed',
    retries: 'none',
    addresses: 'Microsoft 365 ranges',
    known: 'memory',
  },
  setup:
    'Team, Manage team, Apps, Create an outgoing webhook: paste the callback URL and copy the security token.',
  notes: [
    'authorization: "HMAC " + base64; the security token is base64 and must be decoded',
    'Body starts with plain UTF-8 JSON, mention markup in text',
  ],
});
