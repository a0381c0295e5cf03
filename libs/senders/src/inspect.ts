import type { Verification } from '@hookloom/contracts';
import type { Check } from './check/check.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { isAbsence, nearestToGenuine, type Failure } from './check/failure.js';
import { readerOf, type RequestReader, type SignedRequest } from './request/request.js';

/** What is known about a request before anything of it is believed. */
export interface Inspection {
  readonly verification: Verification;
  /** Answer 401: a secret is set and the request did not prove itself. */
  readonly refuse: boolean;
  /** The sender's own name for the event; unique within one endpoint. Absent where nothing is a duplicate. */
  readonly eventId?: string;
  readonly type?: string;
}

/**
 * Checks where a request comes from and reads its event id and type.
 *
 * Total and pure: no clock (`receivedAt` is the arrival), no throw, whatever the request holds. Of a request
 * to be refused only headers are read for id and type, so that junk costs no parsing.
 */
export function inspect(policy: CompiledPolicy, request: SignedRequest): Inspection {
  const reader = readerOf(request, policy.sender.jsonField);
  const verification = verify(policy, reader);
  const refuse = verification.status === 'failed';
  return { verification, refuse, ...policy.readFacts(reader, refuse) };
}

/** What is known of a request whose signature was not looked at: at most that nothing is stored to check it by. */
export function unlookedAt({ notReady, hasSecret }: CompiledPolicy): Verification {
  return notReady && !hasSecret ? { status: 'unchecked', ...notReady } : { status: 'none' };
}

/** The verdict alone. */
export function verify(
  { checks, notReady, hasSecret }: CompiledPolicy,
  request: RequestReader,
): Verification {
  if (notReady) return { status: hasSecret ? 'failed' : 'unchecked', ...notReady };
  return checks.length === 0 ? { status: 'none' } : judge(checks, request, hasSecret);
}

/** Genuine if any scheme says so; a legacy one is asked only if nothing of a better one came along. */
function judge(checks: readonly Check[], request: RequestReader, hasSecret: boolean): Verification {
  const failures: Failure[] = [];
  for (const check of checks) {
    if (check.scheme.legacy && !failures.every(isAbsence)) break;
    const found = check.run(request);
    if (!found) return { status: 'verified' };
    failures.push(found);
  }
  return notGenuine(failures, hasSecret);
}

/**
 * A signature that is wrong is refused, and with a secret stored a missing one too. Unchecked is what nothing
 * was stored for, and what only lacks a key that the sender publishes and that could not be had.
 */
function notGenuine(failures: readonly Failure[], hasSecret: boolean): Verification {
  const notFetched = failures.find(({ reason }) => reason === 'key_not_fetched');
  const others = failures.filter(({ reason }) => reason !== 'key_not_fetched');
  const isSilent = others.every(isAbsence);
  if (notFetched && isSilent) return { status: 'unchecked', ...notFetched };
  return { status: isSilent && !hasSecret ? 'unchecked' : 'failed', ...nearestToGenuine(others) };
}
