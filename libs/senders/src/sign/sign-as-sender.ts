import type { Failure } from '../check/failure.js';
import { hmacSender } from '../catalogue/generic.js';
import { SENDERS } from '../catalogue/senders.js';
import type { Scheme } from '../model/scheme.js';
import type { SenderPolicy } from '../compiled-policy.js';
import { sign, type SignedOutput, type SignInput } from './sign.js';
import { SignError } from './sign-error.js';

/** `unsigned`: the request as it was, and why nobody but the sender could sign it. */
export type SignedAsSender =
  | { readonly kind: 'signed'; readonly output: SignedOutput }
  | { readonly kind: 'unsigned'; readonly why: string };

/**
 * Signs with the newest secret, by the first of the sender's schemes that can be done with it and this body.
 *
 * @throws SignError if the secret or the body fits none of them
 */
export function signAsSender(
  { sender: id, scheme, verify, secrets }: SenderPolicy,
  request: Omit<SignInput, 'secret' | 'scheme' | 'verify'>,
): SignedAsSender {
  const [secret] = secrets;
  const sender = SENDERS.get(id);
  if (secret === undefined || !sender) return { kind: 'unsigned', why: 'No secret is stored to sign with.' };
  const schemes = sender.schemes.filter((each) => scheme === undefined || each.id === scheme);
  let problem: Failure | undefined;
  for (const each of schemes) {
    if (needsPrivateKey(each)) continue;
    try {
      const chosen = sender === hmacSender ? undefined : each.id;
      return { kind: 'signed', output: sign(id, { ...request, secret, scheme: chosen, verify }) };
    } catch (error) {
      if (!(error instanceof SignError)) throw error;
      problem ??= { reason: error.code, hint: error.message };
    }
  }
  if (schemes.some(needsPrivateKey)) {
    const why = `${sender.name} signs with a private key that only ${sender.name} has, so this sample was sent unsigned and not checked.`;
    return { kind: 'unsigned', why };
  }
  throw new SignError(
    problem?.reason ?? 'unknown_scheme',
    problem?.hint ?? `${sender.name} has no such scheme.`,
  );
}

function needsPrivateKey(scheme: Scheme): boolean {
  return (
    scheme.kind === 'asymmetric' ||
    (scheme.kind === 'jwt' && scheme.algorithms.every((name) => !name.startsWith('HS')))
  );
}
