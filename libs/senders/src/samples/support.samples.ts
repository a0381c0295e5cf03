import type { SenderSamples } from './sample.js';

/** Conversations with customers. */
export const supportSamples: SenderSamples = {
  intercom: [
    {
      name: 'conversation.user.created',
      json: {
        type: 'notification_event',
        app_id: 'exampleapp',
        id: 'notif_4b1f5a30-c56b-11ee-9d0e-1f2e3d4c5b6a',
        topic: 'conversation.user.created',
        created_at: 1795000000,
        data: {
          type: 'notification_event_data',
          item: { type: 'conversation', id: '1042', source: { body: 'Where is my order?' } },
        },
      },
    },
  ],
  zendesk: [
    {
      name: 'zen:event-type:ticket.created',
      headers: {
        'user-agent': 'Zendesk Webhook',
        'x-zendesk-webhook-id': '01GEXAMPLE',
        'x-zendesk-webhook-invocation-id': '01GRSTEXAMPLEQ2',
      },
      json: {
        type: 'zen:event-type:ticket.created',
        account_id: 12514403,
        id: '2b24ef10-19f3-4740-93cf-8f98ec4776c0',
        time: '2026-11-18T11:06:40Z',
        zendesk_event_version: '2022-11-06',
        subject: 'zen:ticket:1042',
        detail: { id: '1042', subject: 'Where is my order?', status: 'NEW', priority: 'NORMAL' },
        event: {},
      },
    },
  ],
  front: [
    {
      name: 'inbound',
      json: {
        id: 'evt_exampleF1',
        type: 'inbound',
        emitted_at: 1795000000,
        conversation: { id: 'cnv_exampleF2', subject: 'Order 1042' },
      },
    },
  ],
};
