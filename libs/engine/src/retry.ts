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

export interface FailedAttempt {
  readonly policy: RetryPolicy | undefined;
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
  const policy = filledPolicy(failed.policy ?? {});
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

/** A part that the author gave is filled up from the default. */
function filledPolicy(given: RetryPolicy) {
  return {
    maxAttempts: given.maxAttempts ?? DEFAULT_RETRY.maxAttempts,
    initialDelayMs: given.initialDelayMs ?? DEFAULT_RETRY.initialDelayMs,
    maxDelayMs: given.maxDelayMs ?? DEFAULT_RETRY.maxDelayMs,
    factor: given.factor ?? DEFAULT_RETRY.factor,
    jitter: given.jitter ?? DEFAULT_RETRY.jitter,
  };
}
