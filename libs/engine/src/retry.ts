import type { RetryPolicy } from '@hookloom/contracts';

/** What happens without a word from the author, for step types that have effects. */
export const DEFAULT_RETRY = {
  maxAttempts: 8,
  initialDelayMs: 2_000,
  maxDelayMs: 3_600_000,
  factor: 2,
  jitter: 'full',
} as const;

/** Bounds of a `Retry-After`, so that no answer can stop a run for ever or make it spin. */
export const RETRY_AFTER_MIN_MS = 1_000;
export const RETRY_AFTER_MAX_MS = 86_400_000;

/** A retry policy without gaps. */
export type WholeRetryPolicy = { readonly [Part in keyof RetryPolicy]-?: NonNullable<RetryPolicy[Part]> };

export interface FailedAttempt {
  readonly policy: RetryPolicy | undefined;
  /** What the workflow says for all its steps. */
  readonly inherited?: RetryPolicy | undefined;
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  readonly retryAfterMs: number | undefined;
  /** From 0 to 1, given in so that this stays pure. */
  readonly random: number;
}

/**
 * Milliseconds until the next attempt, or `undefined` when there is none: exponential backoff with full
 * jitter (a random part of the whole delay, so that many failed runs do not come back together).
 * `Retry-After` is a minimum. Rule 14 of the reliability rules.
 */
export function retryDelayMs(failed: FailedAttempt): number | undefined {
  const policy = effectiveRetry(failed.policy, failed.inherited);
  if (failed.attempt >= policy.maxAttempts) return undefined;
  const grown = policy.initialDelayMs * policy.factor ** (failed.attempt - 1);
  const delay = Math.min(policy.maxDelayMs, grown) * (isExact(policy.jitter) ? 1 : failed.random);
  if (failed.retryAfterMs === undefined) return Math.round(delay);
  const asked = Math.min(RETRY_AFTER_MAX_MS, Math.max(RETRY_AFTER_MIN_MS, failed.retryAfterMs));
  return Math.round(Math.max(asked, delay));
}

function isExact(jitter: RetryPolicy['jitter']): boolean {
  return jitter === 'none' || jitter === false;
}

/** The policy in force, part by part: what the step says, else its workflow, else the default. */
export function effectiveRetry(
  own: RetryPolicy | undefined,
  workflow: RetryPolicy | undefined,
): WholeRetryPolicy {
  const part = <Name extends keyof RetryPolicy>(name: Name) =>
    own?.[name] ?? workflow?.[name] ?? DEFAULT_RETRY[name];
  return {
    maxAttempts: part('maxAttempts'),
    initialDelayMs: part('initialDelayMs'),
    maxDelayMs: part('maxDelayMs'),
    factor: part('factor'),
    jitter: part('jitter'),
  };
}
