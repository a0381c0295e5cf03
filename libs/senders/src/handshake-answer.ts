import type { Verification } from '@hookloom/contracts';
import { equalTexts } from './compare.js';
import { hmac } from './digest.js';
import { failure, type Failure } from './failure.js';
import type { HandshakeEffectRule, HandshakeRule, ReplyValue } from './handshake-rule.js';
import { decodeKeys } from './keys.js';
import { placeReader } from './place-reader.js';
import type { RequestReader } from './request.js';
import { fillFields, type SecretFields } from './secret-key.js';
import type { Sender } from './sender.js';
import { splitUrl } from './url.js';

/** What must be done beside answering. */
export type HandshakeEffect =
  /** Keep this as the endpoint's secret and show it as captured. */
  | { readonly kind: 'store-secret'; readonly secret: string }
  /** Fetch this URL, whose host was checked, through the egress client. */
  | { readonly kind: 'http-get'; readonly url: string };

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

export interface ReplyContext {
  readonly sender: Sender;
  readonly secrets: readonly SecretFields[];
}

/** Only such values are ever echoed: nothing that a browser would run or that splits a header. */
const CHALLENGE = /^[\x20-\x7e]{1,1024}$/;

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
  if (effect && 'reason' in effect)
    return refusal(effect.reason === 'secret_already_stored' ? 409 : 400, effect);
  const answer = fillAnswer(rule, context, request);
  if ('reason' in answer) return refusal(answer.reason === 'bad_challenge' ? 400 : 401, answer);
  if (!effect) return answer;
  if (rule.signed && verification?.status !== 'verified')
    return { ...answer, problem: unproven(context.sender, verification) };
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

function checkCode(
  { check }: HandshakeRule,
  { secrets }: ReplyContext,
  request: RequestReader,
): Failure | undefined {
  if (!check) return undefined;
  const expected = secrets.flatMap((fields) => fields.get(check.field) ?? []);
  if (expected.length === 0 && !check.required) return undefined;
  const given = placeReader(check.of)(request) ?? '';
  if (expected.some((one) => equalTexts(given, one))) return undefined;
  return failure(
    'challenge_mismatch',
    `The code that the sender showed is not the stored one: store it in the field ${check.field} of the secret.`,
  );
}

function effectOf(
  rule: HandshakeEffectRule,
  { secrets }: ReplyContext,
  request: RequestReader,
): HandshakeEffect | Failure {
  if ('storeSecret' in rule) {
    const secret = placeReader(rule.storeSecret)(request);
    if (secret === undefined || !CHALLENGE.test(secret))
      return failure('bad_challenge', 'The secret in the handshake is not readable.');
    if (secrets.length === 0) return { kind: 'store-secret', secret };
    return failure(
      'secret_already_stored',
      'A secret is stored already, and this handshake is not signed: remove the stored one first if the new one is to take its place.',
    );
  }
  const url = placeReader(rule.fetch)(request) ?? '';
  const parts = splitUrl(url);
  const isAllowed =
    parts?.scheme === 'https://' &&
    parts.port === '' &&
    !url.includes('@') &&
    new RegExp(rule.host).test(parts.host);
  return isAllowed
    ? { kind: 'http-get', url }
    : failure('bad_challenge', "The confirmation link does not lead to the sender's own host.");
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
  if (!key || prefix === undefined)
    return failure(
      'no_key',
      `${context.sender.name} wants a field of the secret in the answer that is not stored.`,
    );
  return prefix + hmac(value.hmac.algorithm, key.object, [challenge]).toString(value.hmac.encoding);
}
