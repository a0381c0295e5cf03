import type { CompiledPolicy } from '../compiled-policy.js';
import type { Failure } from '../check/failure.js';
import { compilePolicy } from '../policy.js';
import { readerOf, type SignedRequest } from '../request/request.js';
import type { KeyRequest } from './key-request.js';

/** The key that must be fetched to judge this request; `undefined` where that would change nothing. */
export function keyWanted(policy: CompiledPolicy, request: SignedRequest): KeyRequest | undefined {
  if (!policy.awaitsKey) return undefined;
  const reader = readerOf(request, policy.sender.jsonField);
  for (const { wants } of policy.checks) {
    const found = wants?.(reader);
    if (found) return found;
  }
  return undefined;
}

/** The policy with the keys that were fetched, each as PEM. */
export function withPublishedKeys(policy: CompiledPolicy, keys: readonly string[]): CompiledPolicy {
  return compilePolicy(policy.given, keys);
}

/** The policy for a request whose key there is not, or may not be used: what it would have proved is not proved. */
export function withoutPublishedKey(policy: CompiledPolicy, why: Failure): CompiledPolicy {
  const checks = policy.checks.map((check) =>
    check.wants ? { scheme: check.scheme, run: () => why } : check,
  );
  return { ...policy, checks, awaitsKey: false };
}
