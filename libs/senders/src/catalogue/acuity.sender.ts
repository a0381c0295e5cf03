import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const acuity = defineSender({
  id: 'acuity',
  name: 'Acuity Scheduling',
  category: 'scheduling',
  confidence: 'third-party',
  schemes: [bodyHmac({ header: 'x-acuity-signature', encoding: 'base64' })],
  secret: [{ name: 'secret', label: 'API key', hint: 'The key of the account.' }],
  eventId: {
    note: 'No id is sent that is safe to tell duplicates by; an appointment id repeats for every change of it.',
  },
  eventType: { from: ['form:action'] },
  delivery: {
    contentType: 'application/x-www-form-urlencoded',
    accepts: '2xx',
    timeoutSeconds: null,
    retries: 'exponential up to 24 h',
    addresses: 'none',
    known: 'memory',
  },
  notes: ['Key is the account API key'],
});
