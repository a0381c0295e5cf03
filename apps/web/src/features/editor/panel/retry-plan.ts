import { retryDelayMs, type effectiveRetry } from '@hookloom/engine';

/** Pauses that are told one by one. */
const MOST_TOLD = 6;

/** When the attempts of a policy come: its longest pauses, as jitter only makes them shorter. */
export interface RetryPlan {
  /** Pauses between attempts in milliseconds, the first few. */
  readonly pauses: readonly number[];
  /** Whether there are more of them. */
  readonly isCut: boolean;
  /** From the first attempt to the last one in milliseconds, the attempts' own time aside. */
  readonly totalMs: number;
}

/** What a retry policy without gaps comes to. */
export function retryPlan(policy: ReturnType<typeof effectiveRetry>): RetryPlan {
  const pauses: number[] = [];
  for (let attempt = 1; attempt < policy.maxAttempts; attempt += 1)
    pauses.push(retryDelayMs({ policy, attempt, retryAfterMs: undefined, random: 1 }) ?? 0);
  return {
    pauses: pauses.slice(0, MOST_TOLD),
    isCut: pauses.length > MOST_TOLD,
    totalMs: pauses.reduce((sum, pause) => sum + pause, 0),
  };
}
