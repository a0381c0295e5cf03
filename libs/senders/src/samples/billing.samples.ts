import type { SenderSamples } from './sample.js';

/** Subscriptions, bills and books. */
export const billingSamples: SenderSamples = {
  paddle: [
    {
      name: 'transaction.completed',
      json: {
        event_id: 'evt_01hv8x2acma2gz7he8kg2s0hna',
        event_type: 'transaction.completed',
        occurred_at: '2026-11-18T11:06:40.000000Z',
        notification_id: 'ntf_01hv8x2af22vq8hq4exampleq1',
        data: {
          id: 'txn_01hv8wptq8987qeep44cyrewp9',
          status: 'completed',
          customer_id: 'ctm_01hv6y1jedq4p1n0exampley05',
          currency_code: 'EUR',
          details: { totals: { subtotal: '4900', tax: '931', total: '5831' } },
        },
      },
    },
  ],
  lemonsqueezy: [
    {
      name: 'order_created',
      headers: { 'x-event-name': 'order_created' },
      json: {
        meta: { test_mode: true, event_name: 'order_created', custom_data: { order: '1042' } },
        data: {
          type: 'orders',
          id: '1042',
          attributes: {
            store_id: 7,
            identifier: '636f855c-1fb9-4c07-b75c-3a10afef010a',
            user_email: 'ana@example.com',
            currency: 'EUR',
            total: 4900,
            status: 'paid',
          },
        },
      },
    },
  ],
  recurly: [
    {
      name: 'created',
      json: {
        id: 'xpz3exampleuhkw',
        object_type: 'subscription',
        site_id: 'qf9example1vv',
        event_type: 'created',
        event_time: '2026-11-18T11:06:40Z',
        uuid: '5b0example7cbe31',
        account_code: 'ana',
      },
    },
  ],
  chargebee: [
    {
      name: 'subscription_created',
      json: {
        id: 'ev_16BexampleHq38k',
        occurred_at: 1795000000,
        source: 'api',
        object: 'event',
        api_version: 'v2',
        event_type: 'subscription_created',
        webhook_status: 'scheduled',
        content: {
          subscription: { id: '16BexampleSub1', customer_id: 'ana', status: 'active', currency_code: 'EUR' },
          customer: { id: 'ana', email: 'ana@example.com' },
        },
      },
    },
  ],
  'coinbase-commerce': [
    {
      name: 'charge:confirmed',
      json: {
        id: 1042,
        scheduled_for: '2026-11-18T11:06:40Z',
        event: {
          id: '24934862-d980-46cb-9402-43c81b0cdba6',
          resource: 'event',
          type: 'charge:confirmed',
          api_version: '2018-03-22',
          created_at: '2026-11-18T11:06:40Z',
          data: {
            code: '66BEOV2A',
            name: 'Order 1042',
            pricing: { local: { amount: '49.00', currency: 'EUR' } },
          },
        },
      },
    },
  ],
  quickbooks: [
    {
      name: 'Invoice created',
      type: 'Create',
      json: {
        eventNotifications: [
          {
            realmId: '1185883450',
            dataChangeEvent: {
              entities: [
                { name: 'Invoice', id: '1042', operation: 'Create', lastUpdated: '2026-11-18T11:06:40.000Z' },
              ],
            },
          },
        ],
      },
    },
  ],
  xero: [
    {
      name: 'Invoice updated',
      type: 'UPDATE',
      json: {
        events: [
          {
            resourceUrl: 'https://api.example.com/api.xro/2.0/Invoices/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
            resourceId: '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
            eventDateUtc: '2026-11-18T11:06:40.000',
            eventType: 'UPDATE',
            eventCategory: 'INVOICE',
            tenantId: 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f',
            tenantType: 'ORGANISATION',
          },
        ],
        lastEventSequence: 1,
        firstEventSequence: 1,
        entropy: 'S0m3rand0mTextHere',
      },
    },
  ],
  wise: [
    {
      name: 'transfers#state-change',
      headers: { 'x-delivery-id': '4c1f3a2e-0d5a-4d11-9f0f-8b6f4f5f2a10' },
      json: {
        data: {
          resource: { type: 'transfer', id: 111, profile_id: 222, account_id: 333 },
          current_state: 'processing',
          previous_state: 'incoming_payment_waiting',
          occurred_at: '2026-11-18T11:06:40Z',
        },
        subscription_id: '01234567-89ab-cdef-0123-456789abcdef',
        event_type: 'transfers#state-change',
        schema_version: '2.0.0',
        sent_at: '2026-11-18T11:06:41Z',
      },
    },
  ],
};
