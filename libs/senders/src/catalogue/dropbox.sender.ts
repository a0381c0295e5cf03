import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const dropbox = defineSender({
  id: 'dropbox',
  name: 'Dropbox',
  category: 'files',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-dropbox-signature', encoding: 'hex' })],
  secret: [{ name: 'secret', label: 'App secret' }],
  handshakes: [
    {
      kind: 'echo-query',
      when: { method: 'GET', present: ['query:challenge'] },
      answer: { status: 200, text: { of: 'query:challenge' } },
    },
  ],
  eventId: { note: 'No id is sent.' },
  eventType: { note: 'One type' },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: 10,
    retries: 'exponential for about 10 min; disabled at high failure',
    addresses: 'none',
    known: 'memory',
  },
  setup: 'App console, your app, Webhooks: paste the URL.',
});
