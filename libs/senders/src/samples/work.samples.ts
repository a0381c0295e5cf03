import type { SenderSamples } from './sample.js';

/** Contacts, forms, signatures, boards and calendars. */
export const workSamples: SenderSamples = {
  hubspot: [
    {
      name: 'contact.creation',
      json: [
        {
          eventId: 1042,
          subscriptionId: 12345,
          portalId: 62515,
          appId: 54321,
          occurredAt: 1795000000000,
          subscriptionType: 'contact.creation',
          attemptNumber: 0,
          objectId: 123,
          changeFlag: 'NEW',
          changeSource: 'CRM',
        },
      ],
    },
  ],
  typeform: [
    {
      name: 'form_response',
      headers: { 'user-agent': 'Typeform Webhooks' },
      json: {
        event_id: '01HEXAMPLETYPEFORM1',
        event_type: 'form_response',
        form_response: {
          form_id: 'lT4Zexample',
          token: 'a3a12ec67a1365927098a606107fac15',
          submitted_at: '2026-11-18T11:06:40Z',
          definition: {
            id: 'lT4Zexample',
            title: 'Contact us',
            fields: [{ id: 'SMEUb7VJz92Q', title: 'Your email', type: 'email' }],
          },
          answers: [
            { type: 'email', email: 'ana@example.com', field: { id: 'SMEUb7VJz92Q', type: 'email' } },
          ],
        },
      },
    },
  ],
  calendly: [
    {
      name: 'invitee.created',
      headers: { 'user-agent': 'Calendly' },
      json: {
        created_at: '2026-11-18T11:06:40.000000Z',
        created_by: 'https://api.calendly.com/users/EXAMPLE1',
        event: 'invitee.created',
        payload: {
          uri: 'https://api.calendly.com/scheduled_events/EXAMPLE2/invitees/EXAMPLE3',
          email: 'ana@example.com',
          name: 'Ana Example',
          status: 'active',
          timezone: 'Europe/Lisbon',
          event: 'https://api.calendly.com/scheduled_events/EXAMPLE2',
        },
      },
    },
  ],
  'cal-com': [
    {
      name: 'BOOKING_CREATED',
      json: {
        triggerEvent: 'BOOKING_CREATED',
        createdAt: '2026-11-18T11:06:40.000Z',
        payload: {
          title: 'Demo',
          startTime: '2026-11-20T10:00:00Z',
          attendees: [{ name: 'Ana Example', email: 'ana@example.com' }],
        },
      },
    },
  ],
  jotform: [
    {
      name: 'Form submission',
      form: {
        formID: '241001234567890',
        submissionID: '5874321098765432109',
        formTitle: 'Contact us',
        username: 'example',
        rawRequest: '{"q3_name":{"first":"Ana","last":"Example"},"q4_email":"ana@example.com"}',
        type: 'WEB',
      },
    },
  ],
  tally: [
    {
      name: 'FORM_RESPONSE',
      json: {
        eventId: 'a4cb511e-d513-4fa5-baee-b815d718dfd1',
        eventType: 'FORM_RESPONSE',
        createdAt: '2026-11-18T11:06:40.000Z',
        data: {
          responseId: '2wexample',
          formId: 'VwbNExample',
          formName: 'Contact us',
          fields: [{ key: 'question_3EKz4n', label: 'Email', type: 'INPUT_EMAIL', value: 'ana@example.com' }],
        },
      },
    },
  ],
  docusign: [
    {
      name: 'envelope-completed',
      json: {
        event: 'envelope-completed',
        apiVersion: 'v2.1',
        retryCount: 0,
        configurationId: 10042,
        generatedDateTime: '2026-11-18T11:06:40.000Z',
        data: {
          accountId: '3f1c5a7e-2222-4333-8444-555566667777',
          envelopeId: '5a6b7c8d-3333-4444-8555-666677778888',
          envelopeSummary: { status: 'completed', emailSubject: 'Contract' },
        },
      },
    },
  ],
  'dropbox-sign': [
    {
      name: 'signature_request_signed',
      form: {
        json: '{"event":{"event_type":"signature_request_signed","event_time":"1795000000","event_metadata":{"reported_for_account_id":"example1"}},"signature_request":{"signature_request_id":"example2","title":"Contract","is_complete":false}}',
      },
    },
  ],
  surveymonkey: [
    {
      name: 'response_completed',
      json: {
        name: 'Survey responses',
        filter_type: 'survey',
        filter_id: '100000000',
        event_type: 'response_completed',
        event_id: '10027615042',
        event_datetime: '2026-11-18T11:06:40.000000+00:00',
        object_type: 'response',
        object_id: '114400000042',
        resources: { survey_id: '100000000', collector_id: '100000042' },
      },
    },
  ],
  notion: [
    {
      name: 'page.content_updated',
      headers: { 'user-agent': 'notion-api' },
      json: {
        id: '367cba44-b6f3-4c92-81e7-6a2e9659efd4',
        timestamp: '2026-11-18T11:06:40.000Z',
        workspace_id: '13950b26-c203-4f3b-b97d-93ec06319565',
        type: 'page.content_updated',
        attempt_number: 1,
        entity: { id: '153104cd-477e-809d-8dc4-ff2d96ae3090', type: 'page' },
        data: { updated_blocks: [] },
      },
    },
  ],
  asana: [
    {
      name: 'task added',
      type: 'added',
      json: {
        events: [
          {
            user: { gid: '1200000000000001', resource_type: 'user' },
            created_at: '2026-11-18T11:06:40.000Z',
            action: 'added',
            resource: { gid: '1200000000000042', resource_type: 'task' },
            parent: { gid: '1200000000000002', resource_type: 'project' },
          },
        ],
      },
    },
  ],
  trello: [
    {
      name: 'createCard',
      json: {
        action: {
          id: '5f1c0a2b3c4d5e6f70819243',
          type: 'createCard',
          date: '2026-11-18T11:06:40.000Z',
          data: {
            card: { id: '5f1c0a2b3c4d5e6f70819244', name: 'Order 1042', shortLink: 'exAmpl1' },
            list: { name: 'To do' },
            board: { name: 'Orders' },
          },
          memberCreator: { id: '5f1c0a2b3c4d5e6f70819245', username: 'ana_example' },
        },
        model: { id: '5f1c0a2b3c4d5e6f70819246', name: 'Orders' },
      },
    },
  ],
  monday: [
    {
      name: 'create_pulse',
      json: {
        event: {
          userId: 9603417,
          boardId: 1771812698,
          pulseId: 1772099344,
          pulseName: 'Order 1042',
          type: 'create_pulse',
          triggerTime: '2026-11-18T11:06:40.000Z',
          subscriptionId: 73759,
          triggerUuid: 'b5ed2e17c530f43668de130142445cba',
        },
      },
    },
  ],
  clickup: [
    {
      name: 'taskCreated',
      json: {
        event: 'taskCreated',
        history_items: [
          {
            id: '2800763136717140857',
            date: '1795000000000',
            field: 'status',
            user: { id: 183, username: 'Ana' },
          },
        ],
        task_id: '1vj37mc',
        webhook_id: '7fa3ec74-69a8-4530-a251-8a13730bd204',
      },
    },
  ],
  todoist: [
    {
      name: 'item:added',
      headers: {
        'user-agent': 'Todoist-Webhooks',
        'x-todoist-delivery-id': '5d9f1a2b-4c3d-4e5f-8a6b-7c8d9e0f1a2b',
      },
      json: {
        event_name: 'item:added',
        user_id: '2671355',
        version: '10',
        event_data: { id: '6XR4GqQQCW6Gv9h4', content: 'Buy light bulbs', priority: 1 },
      },
    },
  ],
  airtable: [
    {
      name: 'Base changed',
      json: {
        base: { id: 'appExample0000001' },
        webhook: { id: 'achExample0000001' },
        timestamp: '2026-11-18T11:06:40.000Z',
      },
    },
  ],
  figma: [
    {
      name: 'FILE_COMMENT',
      json: {
        comment: [{ text: 'Larger, please' }],
        event_type: 'FILE_COMMENT',
        file_key: 'zH0ExampleKey',
        file_name: 'Storefront',
        passcode: '',
        timestamp: '2026-11-18T11:06:40Z',
        triggered_by: { id: '813845097374535682', handle: 'Ana' },
        webhook_id: '22',
      },
    },
  ],
};
