import type { CompiledPolicy } from '../compiled-policy.js';
import type { Reason } from '../check/failure.js';
import { verify } from '../inspect.js';
import { toFields } from '../keys/secret-key.js';
import type { Scheme } from '../model/scheme.js';
import { compileCheck, compilePolicy, schemesOf } from '../policy.js';
import { recognise } from '../recognise/recognise.js';
import { RequestReader, type SignedRequest } from '../request/request.js';
import { SENDERS } from '../catalogue/senders.js';
import { bodyMistakes } from './body-mistakes.js';
import type { FailedCheck, Mistake } from './mistake.js';
import { secretMistakes } from './secret-mistakes.js';
import { signatureMistakes } from './signature-mistakes.js';
import { urlMistakes } from './url-mistakes.js';

/** Signatures computed for one diagnosis, at most. */
const MOST_SIGNATURES = 20;
/** Of a larger body not one more signature is computed. */
const MOST_BYTES = 256 * 1024;
/** The newest secret and the one before it. */
const MOST_SECRETS = 2;
/** Reasons that are given only after a signature was found right. */
const AFTER_THE_SIGNATURE: ReadonlySet<Reason> = new Set([
  'timestamp_too_old',
  'timestamp_in_future',
  'malformed_timestamp',
  'body_hash_mismatch',
]);

/**
 * Looks for the mistake behind a failed check by trying the plausible ones.
 *
 * Pure, and bounded: at most 20 signatures over at most 256 KiB. Meant for refusals that are logged, not for
 * each request. The sentence is for the endpoint's owner, not for whoever sent the request, and holds
 * neither the secret nor the right signature.
 *
 * @returns what would mend it; `undefined` if none of the known mistakes explains the request
 */
export function diagnose(policy: CompiledPolicy, request: SignedRequest): string | undefined {
  if (!policy.hasSecret) return undefined;
  const failed = failedChecks(policy, request);
  const present = failed.filter((one) => !isAbsent(one));
  if (present.length === 0) return otherSignature(policy, request);
  let left = MOST_SIGNATURES;
  for (const mistake of mistakesOf(present)) {
    left -= mistake.secrets.length * textsOf(mistake.scheme);
    if (left < 0 || request.rawBody.length > MOST_BYTES) return undefined;
    if (explains(mistake)) return mistake.fix;
  }
  return undefined;
}

function failedChecks({ given, sender }: CompiledPolicy, request: SignedRequest): FailedCheck[] {
  const secrets = given.secrets.slice(0, MOST_SECRETS).map((secret) => toFields(sender, secret));
  return schemesOf(given, sender).map((scheme) => ({ sender, scheme, secrets, request }));
}

function isAbsent({ scheme, sender, secrets, request }: FailedCheck): boolean {
  const found = compileCheck(scheme, { sender, secrets });
  return (
    found === undefined ||
    found.run(new RequestReader(request, sender.jsonField))?.reason === 'missing_signature'
  );
}

/** Of every scheme the secret first, then the shape of the signature, and last what was signed. */
function* mistakesOf(failed: readonly FailedCheck[]): Generator<Mistake> {
  for (const kind of [signatureMistakes, secretMistakes, urlMistakes, bodyMistakes]) {
    for (const one of failed) yield* kind(one);
  }
}

/** Signatures that one secret costs. */
function textsOf(scheme: Scheme): number {
  if (!('signed' in scheme)) return 1;
  return 'template' in scheme.signed ? [scheme.signed.template].flat().length : 3;
}

function explains({ sender, scheme, secrets, request }: Mistake): boolean {
  const found = compileCheck(scheme, { sender, secrets })?.run(new RequestReader(request, sender.jsonField));
  return found === undefined || AFTER_THE_SIGNATURE.has(found.reason);
}

/** The request is signed, but not in the way that the endpoint looks for. */
function otherSignature({ given, sender }: CompiledPolicy, request: SignedRequest): string | undefined {
  if (given.scheme !== undefined) {
    const all = compilePolicy({ ...given, scheme: undefined });
    const isGenuine = verify(all, new RequestReader(request, sender.jsonField)).status === 'verified';
    if (isGenuine) {
      return `${sender.name} signed the request by another of its schemes than "${given.scheme}": let the endpoint accept all of them.`;
    }
  }
  const found = recognise(request);
  if (!found || found.sender === sender.id) return undefined;
  const name = SENDERS.get(found.sender)?.name ?? found.sender;
  return `The request looks as if ${name} had sent it (${found.why.join(', ')}), but the endpoint checks for ${sender.name}: choose ${name} as its sender, or give ${name} a URL of its own.`;
}
