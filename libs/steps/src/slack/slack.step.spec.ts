import type { OpenConnection, StepError } from '@hookloom/step-kit';
import { answerHttp, runStep, type HttpAnswer } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { slackStep } from './slack.step.js';

const webhook: OpenConnection = {
  key: 'team',
  type: 'slack.webhook',
  data: { url: 'https://hooks.slack.com/services/T0/B0/secretpart' },
};
const bot: OpenConnection = { key: 'team', type: 'slack.bot', data: { token: 'xoxb-long-token' } };

async function post(connection: OpenConnection, config: Record<string, unknown>, answer: HttpAnswer) {
  const http = answerHttp(answer);
  const outcome = await runStep(slackStep, {
    config: { connection: 'team', text: 'Hi', ...config },
    connection,
    http,
  });
  if (outcome.kind !== 'output') throw new Error('No output');
  const [request] = http.sent;
  return { ...outcome, request, body: JSON.parse(String(request?.body)) };
}

async function failureOf(...given: Parameters<typeof post>): Promise<StepError> {
  try {
    await post(...given);
  } catch (error) {
    return error as StepError;
  }
  throw new Error('It did not fail');
}

describe('through an incoming webhook', () => {
  it('posts the text and takes ok for an answer', async () => {
    const { request, body, output } = await post(webhook, {}, { body: 'ok' });
    expect(request).toMatchObject({ method: 'POST', url: webhook.data['url'] });
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' });
    expect(body).toEqual({ text: 'Hi' });
    expect(output).toEqual({ ok: true, channel: null, ts: null });
  });

  it('posts blocks, thread and channel', async () => {
    const blocks = [{ type: 'divider' }];
    const { body } = await post(
      webhook,
      { blocks, threadTs: '1.2', channel: '#ops', text: 5 },
      { body: 'ok' },
    );
    expect(body).toEqual({ text: '5', blocks, thread_ts: '1.2', channel: '#ops' });
    const asText = await post(webhook, { blocks: JSON.stringify({ blocks }) }, { body: 'ok' });
    expect(asText.body.blocks).toEqual(blocks);
  });

  it('never shows its address, which is the secret', async () => {
    const { detail } = await post(webhook, {}, { body: 'no route for /services/T0/B0/secretpart' });
    expect(JSON.stringify(detail)).not.toContain('secretpart');
    const error = await failureOf(webhook, {}, { status: 404, body: 'no_service' });
    expect(error.message + JSON.stringify(error.options.detail)).not.toContain('secretpart');
  });

  it.each([
    [403, 'action_prohibited', 'ConfigurationError'],
    [404, 'no_service', 'ConfigurationError'],
    [410, 'channel_is_archived', 'ConfigurationError'],
    [400, 'invalid_payload', 'PermanentError'],
    [429, 'rate_limited', 'RetryableError'],
    [500, 'rollup_error', 'RetryableError'],
    [502, '<html>', 'RetryableError'],
    [404, '<html>', 'PermanentError'],
  ])('%i %s is a %s', async (status, body, name) => {
    expect(await failureOf(webhook, {}, { status, body })).toMatchObject({ name });
  });
});

describe('as a bot', () => {
  const posted = JSON.stringify({ ok: true, channel: 'C1', ts: '1.2', message: {} });

  it('posts with its token and gives where the message is', async () => {
    const { request, body, output, detail } = await post(bot, { channel: 'C1' }, { body: posted });
    expect(request?.url).toBe('https://slack.com/api/chat.postMessage');
    expect(request?.headers).toMatchObject({ authorization: 'Bearer xoxb-long-token' });
    expect(body).toEqual({ channel: 'C1', text: 'Hi' });
    expect(output).toEqual({ ok: true, channel: 'C1', ts: '1.2' });
    expect(JSON.stringify(detail)).not.toContain('xoxb-long-token');
  });

  it('uses the API address of its connection', async () => {
    const own = { ...bot, data: { ...bot.data, apiUrl: 'http://127.0.0.1:9/api/' } };
    const { request } = await post(own, { channel: 'C1' }, { body: posted });
    expect(request?.url).toBe('http://127.0.0.1:9/api/chat.postMessage');
  });

  it('needs a channel', async () => {
    expect(await failureOf(bot, {}, { body: posted })).toMatchObject({
      name: 'ConfigurationError',
      code: 'missing_field',
    });
  });

  it.each([
    ['invalid_auth', 'ConfigurationError'],
    ['channel_not_found', 'ConfigurationError'],
    ['msg_too_long', 'PermanentError'],
    ['ratelimited', 'RetryableError'],
    ['internal_error', 'RetryableError'],
  ])('finds the refusal %s inside a 200: a %s', async (word, name) => {
    const error = await failureOf(
      bot,
      { channel: 'C1' },
      { body: JSON.stringify({ ok: false, error: word }) },
    );
    expect(error).toMatchObject({ name, code: `slack_${word}` });
    expect(error.message).toContain(`Slack refused the message: ${word}.`);
  });

  it('waits as long as Slack asks', async () => {
    const answer = {
      status: 429,
      headers: { 'retry-after': '30' },
      body: '{"ok":false,"error":"ratelimited"}',
    };
    expect((await failureOf(bot, { channel: 'C1' }, answer)).options).toMatchObject({
      retryAfterMs: 30_000,
      status: 429,
    });
  });

  it.each([
    [200, '<html>', 'PermanentError'],
    [503, '', 'RetryableError'],
    [404, '', 'PermanentError'],
  ])('takes an answer that is not Slack’s (%i %j) for a %s', async (status, body, name) => {
    expect(await failureOf(bot, { channel: 'C1' }, { status, body })).toMatchObject({ name });
  });
});
