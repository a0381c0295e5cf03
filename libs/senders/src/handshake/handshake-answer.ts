import type { Verification } from '@hookloom/contracts';
import { failure, type Failure } from '../check/failure.js';
import { decodeKeys } from '../keys/decode-keys.js';
import { hmac } from '../keys/digest.js';
import { fillFields } from '../keys/secret-key.js';
import type { HandshakeRule, ReplyValue } from '../model/handshake-rule.js';
import type { Sender } from '../model/sender.js';
import { placeReader } from '../request/place-reader.js';
import type { RequestReader } from '../request/request.js';
import {
  CHALLENGE,
  checkCode,
  effectOf,
  type HandshakeEffect,
  type ReplyContext,
} from './handshake-effect.js';

export interface HandshakeReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly effect?: HandshakeEffect;
  /** The handshake did not go through, and what would help. */
  readonly problem?: Failure;
}

/** Answers a challenge, or says `undefined` for an ordinary request. */
export type HandshakeResponder = (
  request: RequestReader,
  verdict: () => Verification,
) => HandshakeReply | undefined;

/**
 * Makes the answer to a request that a rule fits.
 *
 * @param verification the verdict, for signed rules; what only a genuine sender may cause is left undone
 * unless it is `verified`
 */
export function answerTo(
  rule: HandshakeRule,
  context: ReplyContext,
  request: RequestReader,
  verification: Verification | undefined,
): HandshakeReply {
  const problem = checkCode(rule, context, request);
  if (problem) return refusal(rule.check?.otherwise ?? 403, problem);
  const effect = rule.effect && effectOf(rule.effect, context, request);
  if (effect && 'reason' in effect) {
    return refusal(effect.reason === 'secret_already_stored' ? 409 : 400, effect);
  }
  const answer = fillAnswer(rule, context, request);
  if ('reason' in answer) return refusal(answer.reason === 'bad_challenge' ? 400 : 401, answer);
  if (!effect) return answer;
  if (rule.signed && verification?.status !== 'verified') {
    return { ...answer, problem: unproven(context.sender, verification) };
  }
  return { ...answer, effect };
}

function refusal(status: number, problem: Failure): HandshakeReply {
  return { status, headers: {}, body: '', problem };
}

function unproven({ name }: Sender, verification: Verification | undefined): Failure {
  const reason = verification?.reason === 'key_not_fetched' ? 'key_not_fetched' : 'no_key';
  return failure(
    reason,
    `${name} asks to confirm the subscription, but its signature could not be checked: open the confirmation link in the body yourself.`,
  );
}

function fillAnswer(
  { answer }: HandshakeRule,
  context: ReplyContext,
  request: RequestReader,
): HandshakeReply | Failure {
  const headers = fillAll(answer.headers ?? {}, context, request);
  if ('reason' in headers) return headers;
  const body = fillBody(answer, context, request);
  if (typeof body !== 'string') return body;
  const contentType = answer.json || answer.fixedJson ? 'application/json' : 'text/plain; charset=utf-8';
  const described = body === '' ? {} : { 'content-type': contentType, 'x-content-type-options': 'nosniff' };
  return { status: answer.status, headers: { ...described, ...headers.values }, body };
}

function fillBody(
  answer: HandshakeRule['answer'],
  context: ReplyContext,
  request: RequestReader,
): string | Failure {
  if (answer.text) return fillValue(answer.text, context, request);
  if (answer.fixedJson) return JSON.stringify(answer.fixedJson);
  if (!answer.json) return '';
  const members = fillAll(answer.json, context, request);
  return 'reason' in members ? members : JSON.stringify(members.values);
}

function fillAll(
  values: Readonly<Record<string, ReplyValue>>,
  context: ReplyContext,
  request: RequestReader,
): { values: Record<string, string> } | Failure {
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const text = fillValue(value, context, request);
    if (typeof text !== 'string') return text;
    filled[name] = text;
  }
  return { values: filled };
}

function fillValue(value: ReplyValue, context: ReplyContext, request: RequestReader): string | Failure {
  const challenge = placeReader(value.of)(request);
  if (challenge === undefined || !CHALLENGE.test(challenge)) {
    return failure(
      'bad_challenge',
      'The challenge is missing, too long or holds unusual characters: it is not answered.',
    );
  }
  if (!value.hmac) return (value.prefix ?? '') + challenge;
  const keys = decodeKeys(value.hmac.key, 'secret', context);
  if ('reason' in keys) return keys;
  const [key] = keys;
  const prefix = key && fillFields(value.prefix ?? '', key.fields);
  if (!key || prefix === undefined) {
    return failure(
      'no_key',
      `${context.sender.name} wants a field of the secret in the answer that is not stored.`,
    );
  }
  return prefix + hmac(value.hmac.algorithm, key.object, [challenge]).toString(value.hmac.encoding);
}
