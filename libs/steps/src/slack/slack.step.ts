import type { FieldMeta } from '@hookloom/step-kit';
import {
  ConfigurationError,
  createRedactor,
  defineStep,
  output,
  type OpenConnection,
  type StepContext,
} from '@hookloom/step-kit';
import { CONNECTION_TYPES } from '@hookloom/contracts';
import { z } from 'zod';
import { exchange, hostOf, secretsIn } from '../exchange.js';
import { connection, optional, Text, text } from '../fields.js';
import { readBotAnswer, readWebhookAnswer } from './slack-answer.js';

const DEFAULT_API = 'https://slack.com/api';

const SlackConfig = z.object({
  connection: connection('An incoming webhook or a bot token.'),
  channel: optional(Text, {
    title: 'Channel',
    description: 'An id such as C024BE91L, or #name. A bot needs one; a webhook has its own.',
    widget: 'template',
  }),
  text: text({
    title: 'Text',
    description:
      'Slack’s mrkdwn: *bold*, <https://example.com|a link>. Shown in notifications if there are blocks.',
    widget: 'template',
  }),
  blocks: z
    .preprocess(parseBlocks, z.array(z.unknown()).max(50, 'Slack takes at most 50 blocks.').optional())
    .optional()
    .meta({
      title: 'Blocks',
      description: 'A Block Kit list.',
      widget: 'json',
      advanced: true,
    } satisfies FieldMeta),
  threadTs: optional(Text, {
    title: 'Thread',
    description: 'The ts of the message to answer.',
    widget: 'template',
    advanced: true,
  }),
});
type SlackConfig = z.infer<typeof SlackConfig>;

/** Posts one message, through an incoming webhook or as a bot. */
export const slackStep = defineStep<SlackConfig>({
  type: 'slack',
  title: 'Post a Slack message',
  description: 'Posts a message to a channel, through an incoming webhook or as a bot.',
  docs: 'The output is {ok, channel, ts}; channel and ts are null for an incoming webhook, which does not tell them.',
  kind: 'send',
  icon: 'slack',
  repeat: 'unsafe', // a second call posts a second message
  summary: '{channel} {text}',
  synonyms: ['chat', 'message', 'notify', 'channel'],
  handles: () => ['out'],
  connection: { types: ['slack.webhook', 'slack.bot'], required: true },
  config: SlackConfig,
  run: runSlack,
});

async function runSlack({ config, connection: account, http, signal }: StepContext<SlackConfig>) {
  const target = targetOf(account, config);
  const redactor = createRedactor(target.secrets);
  const { response, detail } = await exchange(
    http,
    {
      method: 'POST',
      url: target.url,
      headers: { 'content-type': 'application/json; charset=utf-8', ...target.headers },
      body: JSON.stringify({
        channel: config.channel,
        text: config.text,
        blocks: config.blocks,
        thread_ts: config.threadTs,
      }),
      signal,
    },
    redactor,
  );
  return output(target.read(response, { host: hostOf(target.url), detail, now: Date.now() }), { detail });
}

function targetOf(account: OpenConnection | undefined, config: SlackConfig) {
  const secrets = secretsIn(account);
  if (account?.type === 'slack.webhook') {
    const { url } = CONNECTION_TYPES['slack.webhook'].parse(account.data);
    // Its path is the whole secret, and a server may repeat it without the host.
    return { url, headers: {}, secrets: [...secrets, new URL(url).pathname], read: readWebhookAnswer };
  }
  if (account?.type === 'slack.bot') {
    const { token, apiUrl } = CONNECTION_TYPES['slack.bot'].parse(account.data);
    if (config.channel === undefined) {
      throw new ConfigurationError('A bot needs a channel to post to. Fill in the field Channel.', {
        code: 'missing_field',
      });
    }
    const url = `${(apiUrl ?? DEFAULT_API).replace(/\/+$/, '')}/chat.postMessage`;
    return { url, headers: { authorization: `Bearer ${token}` }, secrets, read: readBotAnswer };
  }
  throw new ConfigurationError(
    'This step needs a Slack connection (slack.webhook or slack.bot). Choose one.',
    {
      code: 'wrong_connection',
    },
  );
}

/** Blocks written as JSON text, as the Block Kit builder gives them, with or without `{"blocks": …}` around. */
function parseBlocks(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    const isWrapped = typeof parsed === 'object' && parsed !== null && 'blocks' in parsed;
    return isWrapped ? parsed.blocks : parsed;
  } catch {
    return value;
  }
}
