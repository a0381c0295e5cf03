import type { SenderSamples } from './sample.js';

/** People and products whose hooks follow the Standard Webhooks way, and models that call back. */
export const standardSamples: SenderSamples = {
  'standard-webhooks': [
    {
      name: 'contact.created',
      headers: { 'webhook-id': 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W' },
      json: {
        type: 'contact.created',
        timestamp: '2026-11-18T11:06:40.344522Z',
        data: { id: '1f81eb52-5198-4599-803e-771906343485', type: 'contact', email: 'ana@example.com' },
      },
    },
  ],
  svix: [
    {
      name: 'invoice.paid',
      headers: { 'svix-id': 'msg_2LhjHgLlAfxdpx2AI54pPJ85f4W', 'user-agent': 'Svix-Webhooks/1.62.0' },
      json: {
        type: 'invoice.paid',
        data: { id: 'invoice_WF7WtCLFFtd8ubcTgboSFNql', attempt: 2, status: 'paid' },
      },
    },
  ],
  clerk: [
    {
      name: 'user.created',
      headers: { 'svix-id': 'msg_2MijHgLlAfxdpx2AI54pPJ85f4W', 'user-agent': 'Svix-Webhooks/1.62.0' },
      json: {
        type: 'user.created',
        object: 'event',
        timestamp: 1795000000000,
        instance_id: 'ins_exampleA1',
        data: {
          id: 'user_29w83exampleiq6',
          object: 'user',
          first_name: 'Ana',
          last_name: 'Example',
          primary_email_address_id: 'idn_29w83exampleA0',
          email_addresses: [{ id: 'idn_29w83exampleA0', email_address: 'ana@example.com' }],
          created_at: 1795000000000,
        },
      },
    },
  ],
  supabase: [
    {
      name: 'INSERT',
      headers: { 'webhook-id': 'a1b2c3d4-e5f6-4711-8899-aabbccddeeff' },
      json: {
        type: 'INSERT',
        table: 'orders',
        schema: 'public',
        record: { id: 1042, total: 49, email: 'ana@example.com' },
        old_record: null,
      },
    },
  ],
  resend: [
    {
      name: 'email.delivered',
      headers: { 'svix-id': 'msg_2NkkHgLlAfxdpx2AI54pPJ85f4W', 'user-agent': 'Svix-Webhooks/1.62.0' },
      json: {
        type: 'email.delivered',
        created_at: '2026-11-18T11:06:40.000Z',
        data: {
          email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
          from: 'Shop <shop@example.com>',
          to: ['ana@example.com'],
          subject: 'Your order 1042',
        },
      },
    },
  ],
  openai: [
    {
      name: 'response.completed',
      headers: {
        'webhook-id': 'wh_685342e6c53c8190a1be43f081506c52',
        'user-agent': 'OpenAI/1.0 (+https://platform.openai.com/docs/webhooks)',
      },
      json: {
        id: 'evt_685343a1381c819085d44c354e1b330e',
        object: 'event',
        type: 'response.completed',
        created_at: 1795000000,
        data: { id: 'resp_abc123example' },
      },
    },
  ],
  anthropic: [
    {
      name: 'message_batch.ended',
      headers: { 'webhook-id': 'wevt_01HexampleQ3' },
      json: {
        type: 'message_batch.ended',
        id: 'wevt_01HexampleQ3',
        created_at: '2026-11-18T11:06:40Z',
        data: { id: 'msgbatch_01example', type: 'message_batch' },
      },
    },
  ],
  replicate: [
    {
      name: 'succeeded',
      headers: { 'webhook-id': 'msg_2PllHgLlAfxdpx2AI54pPJ85f4W' },
      json: {
        id: 'ufawqhfynnddngldkgtslldrkq',
        status: 'succeeded',
        input: { text: 'A desk lamp' },
        output: ['https://replicate.example.com/out/0.png'],
        metrics: { predict_time: 4.2 },
      },
    },
  ],
  elevenlabs: [
    {
      name: 'post_call_transcription',
      json: {
        type: 'post_call_transcription',
        event_timestamp: 1795000000,
        data: {
          agent_id: 'agent_example1',
          conversation_id: 'conv_example2',
          status: 'done',
          transcript: [{ role: 'agent', message: 'Hello, how can I help?' }],
        },
      },
    },
  ],
};
