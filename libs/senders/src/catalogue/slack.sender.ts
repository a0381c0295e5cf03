import { defineSender } from '../model/sender.js';

export const slack = defineSender({
  id: 'slack',
  name: 'Slack (events, slash commands, interactivity)',
  category: 'chat',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:x-slack-signature', prefix: 'v0=', encoding: 'hex' },
      signed: { template: 'v0:{t}:{body}' },
      vars: { t: 'header:x-slack-request-timestamp' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 300 },
    },
  ],
  secret: [
    {
      name: 'secret',
      label: 'Signing secret',
      hint: 'Under Basic information of the app; not the verification token.',
    },
  ],
  jsonField: 'payload',
  handshakes: [
    {
      kind: 'echo-json',
      when: { method: 'POST', equals: { 'json:type': 'url_verification' } },
      signed: true,
      answer: { status: 200, text: { of: 'json:challenge' } },
    },
    { kind: 'ping', when: { method: 'POST', equals: { 'form:ssl_check': '1' } }, answer: { status: 200 } },
    { kind: 'ping', when: { method: 'GET', equals: { 'query:ssl_check': '1' } }, answer: { status: 200 } },
  ],
  eventId: {
    from: ['json:event_id', 'form:trigger_id', 'json:trigger_id'],
    scope: 'event',
    note: 'Events have event_id; commands and interactions trigger_id.',
  },
  eventType: {
    from: ['json:event.type', 'form:command', 'json:type'],
    note: 'Event type, slash command, or kind of interaction.',
  },
  answer: { status: 200, body: '' },
  delivery: {
    contentType:
      'application/json (events) or application/x-www-form-urlencoded (commands; interactions in field payload)',
    accepts: '2xx',
    timeoutSeconds: 3,
    timeoutNote: 'Slash commands may answer with a JSON message; empty 200 otherwise',
    retries:
      'events: 3 retries (at once, 1 min, 5 min) with x-slack-retry-num and x-slack-retry-reason; answer header x-slack-no-retry: 1 stops them; commands and interactions: none',
    addresses: 'none',
    rotation: 'signing secret can be regenerated; old one dies at once',
    known: 'secondary',
  },
  setup:
    'api.slack.com/apps, your app: Event Subscriptions, Slash Commands or Interactivity; paste the request URL. The secret is under Basic Information.',
  notes: [
    'Sign the raw form body, percent-encoding untouched',
    'ssl_check=1 GET/POST pings on commands must get 200',
  ],
});
