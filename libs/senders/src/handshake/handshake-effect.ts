import { failure, type Failure } from '../check/failure.js';
import { equalTexts } from '../keys/compare.js';
import type { SecretFields } from '../keys/secret-key.js';
import type { HandshakeEffectRule, HandshakeRule } from '../model/handshake-rule.js';
import type { Sender } from '../model/sender.js';
import { placeReader } from '../request/place-reader.js';
import type { RequestReader } from '../request/request.js';
import { splitUrl } from '../request/url.js';

/** What must be done beside answering. */
export type HandshakeEffect =
  /** Keep this as the endpoint's secret and show it as captured. */
  | { readonly kind: 'store-secret'; readonly secret: string }
  /** Fetch this URL, whose host was checked, through the egress client. */
  | { readonly kind: 'http-get'; readonly url: string };

/** Whose handshake it is, and what is stored of it. */
export interface ReplyContext {
  readonly sender: Sender;
  readonly secrets: readonly SecretFields[];
}

/** Only such values are ever echoed: nothing that a browser would run or that splits a header. */
export const CHALLENGE = /^[\x20-\x7e]{1,1024}$/;

/** Compares the code that the user chose or was shown, where a rule asks for it. */
export function checkCode(
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

/** What a rule wants done beside the answer, or why not. */
export function effectOf(
  rule: HandshakeEffectRule,
  { secrets }: ReplyContext,
  request: RequestReader,
): HandshakeEffect | Failure {
  if ('storeSecret' in rule) {
    const secret = placeReader(rule.storeSecret)(request);
    if (secret === undefined || !CHALLENGE.test(secret)) {
      return failure('bad_challenge', 'The secret in the handshake is not readable.');
    }
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
