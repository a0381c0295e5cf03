import { defineSender } from '../model/sender.js';

export const elevenlabs = defineSender({
  id: 'elevenlabs',
  name: 'ElevenLabs',
  category: 'ai',
  confidence: 'vendor',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: { in: 'header:elevenlabs-signature', separator: ',', pair: '=', key: 'v0', encoding: 'hex' },
      signed: { template: '{t}.{body}' },
      vars: { t: 'signature:t' },
      key: { decode: 'utf8' },
      timestamp: { var: 't', unit: 's', toleranceSeconds: 1800 },
    },
  ],
  secret: [{ name: 'secret', label: 'Shared secret', hint: 'Begins with wsec_.' }],
  eventId: {
    note: 'No id is sent; as a duplicate key think of: data.conversation_id + type + event_timestamp',
  },
  eventType: { from: ['json:type'] },
  delivery: {
    contentType: 'application/json',
    accepts: '200',
    timeoutSeconds: null,
    retries: 'none; auto-disabled after 10 failures in a row with no success for 7 days',
    addresses: 'published',
    known: 'memory',
  },
});
