import type { SenderSamples } from './sample.js';

/** Chat, mail, text messages and calls. */
export const messageSamples: SenderSamples = {
  slack: [
    {
      name: 'app_mention',
      json: {
        token: 'exampleVerificationToken',
        team_id: 'T0EXAMPLE1',
        api_app_id: 'A0EXAMPLE1',
        event: {
          type: 'app_mention',
          user: 'U0EXAMPLE1',
          text: '<@U0EXAMPLE9> where is order 1042?',
          ts: '1795000000.000200',
          channel: 'C0EXAMPLE1',
          event_ts: '1795000000.000200',
        },
        type: 'event_callback',
        event_id: 'Ev0EXAMPLE1',
        event_time: 1795000000,
      },
    },
    {
      name: '/order',
      form: {
        token: 'exampleVerificationToken',
        team_id: 'T0EXAMPLE1',
        team_domain: 'example',
        channel_id: 'C0EXAMPLE1',
        channel_name: 'orders',
        user_id: 'U0EXAMPLE1',
        user_name: 'ana',
        command: '/order',
        text: '1042',
        trigger_id: '13345224609.738474920.8088930838d88f008e0',
      },
    },
  ],
  twilio: [
    {
      name: 'delivered',
      headers: {
        'user-agent': 'TwilioProxy/1.1',
        'i-twilio-idempotency-token': 'e3b0c442-98fc-4c14-9afb-f4c8996fb924',
      },
      form: {
        SmsSid: 'SM2xxexample0123456789abcdef012345',
        SmsStatus: 'delivered',
        MessageStatus: 'delivered',
        To: '+15005550006',
        From: '+15005550001',
        MessageSid: 'SM2xxexample0123456789abcdef012345',
        AccountSid: 'AC2xxexample0123456789abcdef012345',
        ApiVersion: '2010-04-01',
      },
    },
  ],
  discord: [
    {
      name: 'APPLICATION_AUTHORIZED',
      json: {
        version: 1,
        application_id: '1234560123453231555',
        type: 1,
        id: '9876543210123456789',
        event: {
          type: 'APPLICATION_AUTHORIZED',
          timestamp: '2026-11-18T11:06:40.000000',
          data: {
            integration_type: 1,
            scopes: ['applications.commands'],
            user: { id: '112233445566778899', username: 'ana_example' },
          },
        },
      },
    },
  ],
  sendgrid: [
    {
      name: 'delivered',
      headers: { 'user-agent': 'SendGrid Event API' },
      json: [
        {
          email: 'ana@example.com',
          timestamp: 1795000000,
          'smtp-id': '<14c5d75ce93.dfd.64b469@ismtpd-example>',
          event: 'delivered',
          category: ['order'],
          sg_event_id: 'ZGVsaXZlcmVkLTAtMTA0Mg',
          sg_message_id: '14c5d75ce93.dfd.64b469.filter0001',
          response: '250 OK',
        },
      ],
    },
  ],
  mailgun: [
    {
      name: 'delivered',
      json: {
        'event-data': {
          id: 'CPgfbmQMTCKtHW6uIWtuVe',
          timestamp: 1795000000.12,
          event: 'delivered',
          recipient: 'ana@example.com',
          message: { headers: { 'message-id': '20261118.1@mail.example.com', subject: 'Your order 1042' } },
          'delivery-status': { code: 250, message: 'OK' },
        },
      },
    },
  ],
  postmark: [
    {
      name: 'Bounce',
      json: {
        RecordType: 'Bounce',
        ID: 42,
        Type: 'HardBounce',
        TypeCode: 1,
        MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
        Email: 'nobody@example.com',
        From: 'shop@example.com',
        BouncedAt: '2026-11-18T11:06:40Z',
        Subject: 'Your order 1042',
        Description: 'The server was unable to deliver your message.',
      },
    },
  ],
  mailchimp: [
    {
      name: 'subscribe',
      form: {
        type: 'subscribe',
        fired_at: '2026-11-18 11:06:40',
        'data[id]': '8a25ff1d98',
        'data[list_id]': 'a6b5da1054',
        'data[email]': 'ana@example.com',
        'data[merges][FNAME]': 'Ana',
      },
    },
  ],
  telegram: [
    {
      name: 'message',
      json: {
        update_id: 10000421,
        message: {
          message_id: 1365,
          date: 1795000000,
          from: { id: 1111111, is_bot: false, first_name: 'Ana', username: 'ana_example' },
          chat: { id: 1111111, type: 'private', first_name: 'Ana' },
          text: '/start',
        },
      },
    },
  ],
  line: [
    {
      name: 'message',
      headers: { 'user-agent': 'LineBotWebhook/2.0' },
      json: {
        destination: 'Uexample00000000000000000000000001',
        events: [
          {
            type: 'message',
            message: { type: 'text', id: '468789577898262530', text: 'Where is order 1042?' },
            webhookEventId: '01HEXAMPLEYD7XQF4ABCD1234',
            deliveryContext: { isRedelivery: false },
            timestamp: 1795000000000,
            source: { type: 'user', userId: 'Uexample00000000000000000000000002' },
            replyToken: 'exampleReplyToken',
            mode: 'active',
          },
        ],
      },
    },
  ],
  zoom: [
    {
      name: 'meeting.ended',
      json: {
        event: 'meeting.ended',
        event_ts: 1795000000000,
        payload: {
          account_id: 'exampleAccount',
          object: {
            id: '11100001042',
            uuid: '4444AAAiAAAAAiAiAiiAii==',
            topic: 'Weekly',
            duration: 30,
            timezone: 'Europe/Lisbon',
          },
        },
      },
    },
  ],
  meta: [
    {
      name: 'messages',
      headers: { 'user-agent': 'facebookexternalua' },
      json: {
        object: 'whatsapp_business_account',
        entry: [
          {
            id: '102290129340398',
            changes: [
              {
                field: 'messages',
                value: {
                  messaging_product: 'whatsapp',
                  metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
                  contacts: [{ profile: { name: 'Ana' }, wa_id: '16505551234' }],
                  messages: [
                    {
                      from: '16505551234',
                      id: 'wamid.EXAMPLE1',
                      timestamp: '1795000000',
                      type: 'text',
                      text: { body: 'Where is my order?' },
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    },
  ],
  twitch: [
    {
      name: 'channel.follow',
      headers: {
        'twitch-eventsub-message-id': 'befa7b53-d79d-478f-86b9-120f112b044e',
        'twitch-eventsub-message-type': 'notification',
        'twitch-eventsub-subscription-type': 'channel.follow',
        'twitch-eventsub-subscription-version': '2',
      },
      json: {
        subscription: {
          id: 'f1c2a387-161a-49f9-a165-0f21d7a4e1c4',
          type: 'channel.follow',
          version: '2',
          status: 'enabled',
        },
        event: {
          user_id: '1234',
          user_login: 'ana_example',
          broadcaster_user_id: '1337',
          followed_at: '2026-11-18T11:06:40Z',
        },
      },
    },
  ],
};
