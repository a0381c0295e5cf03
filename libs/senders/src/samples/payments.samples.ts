import type { SenderSamples } from './sample.js';

const charge = {
  amount: 4900,
  currency: 'eur',
  customer: 'cus_Q9exampleA1',
  metadata: { order: '1042' },
};

/** Card processors and wallets. */
export const paymentSamples: SenderSamples = {
  stripe: [
    {
      name: 'payment_intent.succeeded',
      json: {
        id: 'evt_3QexampleB7kT2mV',
        object: 'event',
        api_version: '2026-03-25',
        created: 1795000000,
        type: 'payment_intent.succeeded',
        livemode: false,
        pending_webhooks: 1,
        request: { id: 'req_exampleN4', idempotency_key: null },
        data: {
          object: {
            id: 'pi_3QexampleB7kT2mV',
            object: 'payment_intent',
            ...charge,
            amount_received: 4900,
            receipt_email: 'ana@example.com',
            status: 'succeeded',
          },
        },
      },
    },
    {
      name: 'invoice.payment_failed',
      json: {
        id: 'evt_1QexampleC2pX8nR',
        object: 'event',
        created: 1795000000,
        type: 'invoice.payment_failed',
        livemode: false,
        data: {
          object: {
            id: 'in_1QexampleC2pX8nR',
            object: 'invoice',
            customer: 'cus_Q9exampleA1',
            customer_email: 'ben@example.com',
            amount_due: 2900,
            attempt_count: 2,
            currency: 'eur',
            status: 'open',
          },
        },
      },
    },
    {
      name: 'charge.refunded',
      json: {
        id: 'evt_3QexampleD9rL5wK',
        object: 'event',
        created: 1795000000,
        type: 'charge.refunded',
        livemode: false,
        data: {
          object: {
            id: 'ch_3QexampleD9rL5wK',
            object: 'charge',
            ...charge,
            amount_refunded: 4900,
            refunded: true,
          },
        },
      },
    },
  ],
  paypal: [
    {
      name: 'PAYMENT.CAPTURE.COMPLETED',
      json: {
        id: 'WH-58D329510W468432D-8HN650336L201105X',
        event_version: '1.0',
        create_time: '2026-11-18T11:06:40Z',
        resource_type: 'capture',
        resource_version: '2.0',
        event_type: 'PAYMENT.CAPTURE.COMPLETED',
        summary: 'Payment completed for EUR 49.00',
        resource: {
          id: '42311647XV020574X',
          status: 'COMPLETED',
          amount: { currency_code: 'EUR', value: '49.00' },
          custom_id: 'order-1042',
          final_capture: true,
        },
      },
    },
  ],
  adyen: [
    {
      name: 'AUTHORISATION',
      json: {
        live: 'false',
        notificationItems: [
          {
            NotificationRequestItem: {
              additionalData: {},
              amount: { currency: 'EUR', value: 4900 },
              eventCode: 'AUTHORISATION',
              eventDate: '2026-11-18T12:06:40+01:00',
              merchantAccountCode: 'ExampleShopECOM',
              merchantReference: 'order-1042',
              operations: ['CANCEL', 'CAPTURE', 'REFUND'],
              paymentMethod: 'visa',
              pspReference: 'NC6HT9CRT65ZGN82',
              reason: '033899:1111:03/2030',
              success: 'true',
            },
          },
        ],
      },
    },
  ],
  square: [
    {
      name: 'payment.updated',
      json: {
        merchant_id: 'MLEXAMPLE7Q3A',
        type: 'payment.updated',
        event_id: '6a8f5f28-54a1-4eb0-a98a-3111513fd4fc',
        created_at: '2026-11-18T11:06:40.000Z',
        data: {
          type: 'payment',
          id: 'KkAkhdMsgzn59SM8A89WgKwekxLZY',
          object: {
            payment: {
              id: 'KkAkhdMsgzn59SM8A89WgKwekxLZY',
              amount_money: { amount: 4900, currency: 'EUR' },
              location_id: 'LEXAMPLE5H8',
              order_id: 'NUHfcVexampleRXZ4',
              status: 'COMPLETED',
            },
          },
        },
      },
    },
  ],
  razorpay: [
    {
      name: 'payment.captured',
      headers: { 'x-razorpay-event-id': 'PexampleA8k2Wd' },
      json: {
        entity: 'event',
        account_id: 'acc_ExampleBo9',
        event: 'payment.captured',
        contains: ['payment'],
        payload: {
          payment: {
            entity: {
              id: 'pay_ExampleDx4',
              amount: 490000,
              currency: 'INR',
              status: 'captured',
              order_id: 'order_ExampleKp2',
              email: 'asha@example.com',
            },
          },
        },
        created_at: 1795000000,
      },
    },
  ],
  paystack: [
    {
      name: 'charge.success',
      json: {
        event: 'charge.success',
        data: {
          id: 302961,
          status: 'success',
          reference: 'order-1042',
          amount: 490000,
          currency: 'NGN',
          channel: 'card',
          paid_at: '2026-11-18T11:06:40.000Z',
          customer: { id: 84312, email: 'tunde@example.com', customer_code: 'CUS_example7' },
        },
      },
    },
  ],
  flutterwave: [
    {
      name: 'charge.completed',
      json: {
        event: 'charge.completed',
        data: {
          id: 285959875,
          tx_ref: 'order-1042',
          flw_ref: 'EXAMPLE/FLW270177170',
          amount: 100,
          currency: 'NGN',
          status: 'successful',
          payment_type: 'card',
          customer: { id: 215604089, name: 'Tunde Example', email: 'tunde@example.com' },
        },
      },
    },
  ],
  mollie: [
    {
      name: 'payment-link.paid',
      json: {
        resource: 'event',
        id: 'event_GvJ8WHrp5isUdRub9CJyH',
        type: 'payment-link.paid',
        entityId: 'pl_qng5gbbv8NAZ5gpM5ZYgx',
        createdAt: '2026-11-18T11:06:40.0Z',
        _embedded: {
          entity: {
            resource: 'payment-link',
            id: 'pl_qng5gbbv8NAZ5gpM5ZYgx',
            amount: { value: '49.00', currency: 'EUR' },
          },
        },
      },
    },
  ],
  gocardless: [
    {
      name: 'payments confirmed',
      type: 'confirmed',
      json: {
        events: [
          {
            id: 'EV00EXAMPLE1',
            created_at: '2026-11-18T11:06:40.000Z',
            resource_type: 'payments',
            action: 'confirmed',
            links: { payment: 'PM00EXAMPLE1' },
            details: { origin: 'gocardless', cause: 'payment_confirmed' },
          },
        ],
        meta: { webhook_id: 'WB00EXAMPLE1' },
      },
    },
  ],
};
