import { builtInSteps } from '@hookloom/steps';
import type { HttpRequest, MailMessage, OpenConnection } from '@hookloom/step-kit';
import { giveTokens } from '@hookloom/step-kit/testing';
import { expect, it } from 'vitest';
import { createAlertSender } from './alert-sender.js';

const ALERT = {
  id: 'a1',
  projectId: 'p1',
  subject: '“Flow” failed: 3 runs',
  content: 'The CRM answered 503.\n',
};

function aSender(connection: OpenConnection | undefined, slackAnswer = 'ok') {
  const mails: MailMessage[] = [];
  const requests: HttpRequest[] = [];
  const send = createAlertSender(
    {
      connections: { open: async () => connection },
      mail: {
        send: async (_server, message) => {
          mails.push(message);
          return { messageId: message.messageId, accepted: [...message.to], rejected: [] };
        },
        check: async () => undefined,
      },
      http: {
        send: async (request) => {
          requests.push(request);
          return { status: 200, headers: {}, body: Buffer.from(slackAnswer), url: request.url };
        },
      },
      tokens: giveTokens(),
      now: () => 0,
    },
    builtInSteps,
  );
  return { send, mails, requests };
}

const SMTP = {
  key: 'ops',
  type: 'smtp',
  data: { host: 'mail.example.com', port: 25, from: 'a@example.com' },
};
const WEBHOOK = { key: 'ops', type: 'slack.webhook', data: { url: 'https://hooks.example.com/T1' } };
const BOT = { key: 'ops', type: 'slack.bot', data: { token: 'xoxb-1' } };

it('sends a mail to all addresses, under the same id when it is sent again', async () => {
  const { send, mails } = aSender(SMTP);
  const alert = { ...ALERT, target: { connection: 'ops', to: 'ana@example.com, bo@example.com' } };
  await send(alert);
  await send(alert);
  expect(mails[0]).toMatchObject({
    to: ['ana@example.com', 'bo@example.com'],
    subject: ALERT.subject,
    text: ALERT.content,
  });
  expect(mails[1]?.messageId).toBe(mails[0]?.messageId);
});

it('posts to Slack, through a webhook or as a bot', async () => {
  const webhook = aSender(WEBHOOK);
  await webhook.send({ ...ALERT, target: { connection: 'ops' } });
  expect(webhook.requests[0]?.url).toBe('https://hooks.example.com/T1');
  expect(JSON.parse(String(webhook.requests[0]?.body)).text).toContain('The CRM answered 503.');
  const bot = aSender(BOT, '{"ok":true,"channel":"C1","ts":"1"}');
  await bot.send({ ...ALERT, target: { connection: 'ops', channel: '#ops' } });
  expect(JSON.parse(String(bot.requests[0]?.body))).toMatchObject({ channel: '#ops' });
});

it('says why it could not: the connection is gone, or the other side refused', async () => {
  const target = { connection: 'ops', channel: '#ops' };
  await expect(aSender(undefined).send({ ...ALERT, target })).rejects.toThrow('no connection "ops"');
  const refused = aSender(BOT, '{"ok":false,"error":"channel_not_found"}');
  await expect(refused.send({ ...ALERT, target })).rejects.toThrow('channel_not_found');
});
