import { HmacRule } from '@hookloom/contracts';
import { checkHmacRule, hmacScheme, hmacSender } from '../catalogue/generic.js';
import { RequestDraft } from './request-draft.js';
import type { Scheme, TokenRule } from '../model/scheme.js';
import { toFields, type SecretFields, type SecretValue } from '../keys/secret-key.js';
import { secretFields, type Sender } from '../model/sender.js';
import { SENDERS } from '../catalogue/senders.js';
import { signJwt } from './sign-jwt.js';
import { signDraft } from './sign-signed.js';
import { SignError } from './sign-error.js';
import { credentials } from '../check/token-check.js';

/** What is to be signed, and with what. */
export interface SignInput {
  /**
   * As an endpoint stores it. Senders with public keys sign with a private one: PEM, as the text itself or
   * as the field `privateKey`.
   */
  readonly secret: SecretValue;
  readonly method: string;
  readonly url: string;
  /** Names in any case; those that the signature needs are added, those already there are kept. */
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
  /** Epoch seconds: the moment that the signature names. */
  readonly at: number;
  /** The sender's first scheme unless given. */
  readonly scheme?: string | undefined;
  /** For the sender `hmac`. */
  readonly verify?: HmacRule | undefined;
}

/** The request as the sender would send it. Header names are in lower case. */
export interface SignedOutput {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly rawBody: Uint8Array;
}

/**
 * Signs a request exactly as `inspect` checks it. Deterministic: ids that a sender would draw at random are
 * made from the body and the time unless the headers hold them.
 *
 * @throws SignError if there is no such sender or scheme, or the secret is no key for it
 */
export function sign(senderId: string, input: SignInput): SignedOutput {
  const { sender, scheme } = schemeFor(senderId, input);
  const fields = toFields(sender, input.secret);
  const draft = new RequestDraft(input, sender.jsonField);
  switch (scheme.kind) {
    case 'hmac':
    case 'hash':
    case 'asymmetric':
      signDraft(draft, scheme, sender, fields);
      break;
    case 'jwt':
      draft.set(scheme.token.in, (scheme.token.prefix ?? '') + signJwt(draft, scheme, sender, fields));
      break;
    case 'token':
      draft.set(scheme.token.in, tokenText(scheme.token, sender, fields));
      break;
    case 'basic':
      draft.set('header:authorization', basicText(sender, fields));
      break;
    case 'none':
      break;
  }
  return draft.output();
}

function schemeFor(
  senderId: string,
  { scheme: chosen, verify }: SignInput,
): { sender: Sender; scheme: Scheme } {
  const sender = SENDERS.get(senderId);
  if (!sender) throw new SignError('unknown_sender', `No sender is called "${senderId}".`);
  if (sender === hmacSender) {
    const problem = checkHmacRule(verify);
    if (problem || !verify) throw new SignError('malformed_rule', problem?.hint ?? 'The rule is missing.');
    return { sender, scheme: hmacScheme(verify) };
  }
  const scheme = sender.schemes.find(({ id }) => chosen === undefined || id === chosen);
  if (!scheme) throw new SignError('unknown_scheme', `${sender.name} has no scheme "${chosen}".`);
  return { sender, scheme };
}

function tokenText({ prefix }: TokenRule, sender: Sender, fields: SecretFields): string {
  const token = fields.get(secretFields(sender)[0].name);
  if (token === undefined) throw new SignError('malformed_key', 'The secret does not hold the token.');
  return (prefix ?? '') + token;
}

function basicText(sender: Sender, fields: SecretFields): string {
  const text = credentials(fields, sender);
  if (text === undefined) throw new SignError('malformed_key', 'The secret does not hold user and password.');
  return `Basic ${Buffer.from(text, 'utf8').toString('base64')}`;
}
