import { defineSender } from '../model/sender.js';

export const salesforce = defineSender({
  id: 'salesforce',
  name: 'Salesforce (outbound messages, Flow HTTP callouts)',
  category: 'crm',
  confidence: 'memory',
  schemes: [{ kind: 'none', id: 'none' }],
  eventId: { note: 'No id is sent; as a duplicate key think of: outbound message: XML Notification/Id' },
  eventType: { note: 'XML sObject type' },
  answer: {
    status: 200,
    contentType: 'text/xml',
    body: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
  },
  delivery: {
    contentType: 'text/xml (SOAP) for outbound messages',
    accepts: '200',
    timeoutSeconds: 60,
    retries: 'outbound messages: 24 h, backing off to 2 h',
    addresses: 'published',
    known: 'memory',
  },
  setup: 'Setup, Outbound messages: paste the endpoint URL.',
  notes: ['No signature: client certificate, OrganizationId in the body, secret URL'],
});
