import {
  ConfigurationError,
  parseRetryAfter,
  PermanentError,
  RetryableError,
  type HttpResponse,
} from '@hookloom/step-kit';
import { z } from 'zod';
import { toStatusError } from '../http-status.js';

/** What the sentence and the attempt need beside the answer. `now`: epoch milliseconds. */
export interface AnswerContext {
  readonly host: string;
  readonly detail: unknown;
  readonly now: number;
}

/** What the step gives: null where Slack does not tell. */
export interface PostedMessage {
  readonly ok: true;
  readonly channel: string | null;
  readonly ts: string | null;
}

const BotAnswer = z.looseObject({
  ok: z.boolean(),
  error: z.string().optional(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  needed: z.string().optional(),
});

/** Slack's words for refusals that the author or the owner of the account can lift. */
const AUTHOR_CAN_FIX: Readonly<Record<string, string>> = {
  invalid_auth: 'The token is not valid. Put a new one into the connection.',
  not_authed: 'The connection has no token. Put one in.',
  account_inactive: 'The account of this token was deactivated. Use another one.',
  token_revoked: 'The token was revoked. Put a new one into the connection.',
  token_expired: 'The token has expired. Put a new one into the connection.',
  missing_scope: 'The token lacks a right. Add the scope chat:write and install the app again.',
  not_in_channel: 'The bot is not in this channel. Invite it there.',
  channel_not_found: 'There is no such channel, or the bot cannot see it. Check the field Channel.',
  is_archived: 'The channel is archived. Choose another one.',
  channel_is_archived: 'The channel is archived. Choose another one.',
  no_service: 'The webhook was removed or switched off. Make a new one and put it into the connection.',
  no_service_id: 'The webhook address is not complete. Copy it again into the connection.',
  no_team: 'The webhook address belongs to no workspace. Copy it again into the connection.',
  team_disabled: 'The workspace is switched off.',
  invalid_token: 'The webhook address is not valid. Copy it again into the connection.',
  action_prohibited: 'An administrator of the workspace does not allow this. Ask them.',
  posting_to_general_channel_denied: 'This account may not post to the general channel. Choose another one.',
};

const PASSES_BY_ITSELF = new Set([
  'ratelimited',
  'rate_limited',
  'rollup_error',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Reads what `chat.postMessage` answered; refusals come inside a 200. Throws the StepError family. */
export function readBotAnswer(response: HttpResponse, context: AnswerContext): PostedMessage {
  const answer = BotAnswer.safeParse(parseJson(response));
  if (!answer.success) {
    if (response.status >= 400) throw toStatusError(context.host, response, context.detail, context.now);
    throw new PermanentError(
      `${context.host} did not answer as Slack does. Check the API address of the connection.`,
      {
        code: 'unreadable_answer',
        status: response.status,
        detail: context.detail,
      },
    );
  }
  const { ok, channel, ts, error } = answer.data;
  if (!ok) throw toRefusal(error ?? 'unknown_error', response, context);
  return { ok: true, channel: channel ?? null, ts: ts ?? null };
}

/** Reads what an incoming webhook answered: `ok`, or one of Slack's words with a status of 400 or more. */
export function readWebhookAnswer(response: HttpResponse, context: AnswerContext): PostedMessage {
  const answer = BotAnswer.safeParse(parseJson(response));
  if (response.status < 300 && (!answer.success || answer.data.ok))
    return { ok: true, channel: null, ts: null };
  const word = answer.success
    ? answer.data.error
    : new TextDecoder().decode(response.body.subarray(0, 100)).trim();
  if (word !== undefined && /^[a-z_]+$/.test(word) && response.status < 500) {
    throw toRefusal(word, response, context);
  }
  throw toStatusError(context.host, response, context.detail, context.now);
}

function toRefusal(word: string, response: HttpResponse, context: AnswerContext) {
  const kept = { code: `slack_${word}`, status: response.status, detail: context.detail };
  const sentence = `Slack refused the message: ${word}.`;
  if (PASSES_BY_ITSELF.has(word) || response.status === 429) {
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'], context.now);
    return new RetryableError(`${sentence} It may work later.`, {
      ...kept,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  const hint = AUTHOR_CAN_FIX[word];
  if (hint !== undefined) return new ConfigurationError(`${sentence} ${hint}`, kept);
  return new PermanentError(
    `${sentence} Slack’s documentation of chat.postMessage says what this means.`,
    kept,
  );
}

function parseJson(response: HttpResponse): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(response.body));
  } catch {
    return undefined;
  }
}
