import { defineSender } from '../model/sender.js';

export const azureEventGrid = defineSender({
  id: 'azure-event-grid',
  name: 'Azure Event Grid',
  category: 'platform',
  confidence: 'memory',
  schemes: [{ kind: 'token', id: 'header-or-query-secret', token: { in: 'header:aeg-sas-key' } }],
  secret: [
    { name: 'secret', label: 'Key', hint: 'Sent as the header aeg-sas-key; set it as a delivery property.' },
  ],
  handshakes: [
    {
      kind: 'respond-json',
      when: {
        method: 'POST',
        equals: { 'json:0.eventType': 'Microsoft.EventGrid.SubscriptionValidationEvent' },
      },
      answer: { status: 200, json: { validationResponse: { of: 'json:0.data.validationCode' } } },
    },
    {
      kind: 'echo-header',
      when: { method: 'OPTIONS', present: ['header:webhook-request-origin'] },
      answer: { status: 200, headers: { 'webhook-allowed-origin': { of: 'header:webhook-request-origin' } } },
    },
  ],
  eventId: { from: ['json:*.id'], scope: 'event' },
  eventType: { from: ['json:*.eventType', 'json:*.type', 'header:ce-type'] },
  delivery: {
    contentType: 'application/json array, or application/cloudevents+json',
    accepts: '200, 201, 202, 203 or 204',
    timeoutSeconds: 30,
    retries: '24 h / 30 tries, backing off from 10 s to 12 h',
    addresses: 'service tag',
    known: 'memory',
  },
  setup: 'Topic, Event subscription, endpoint type Webhook: paste the URL.',
});
