import { describe, expect, it } from 'vitest';
import { effectiveRetry, retryDelayMs } from './retry.js';

const failure = { policy: undefined, attempt: 1, retryAfterMs: undefined, random: 1 };

describe('retryDelayMs', () => {
  it('grows by the factor up to the cap: 2 s, 4 s, 8 s … 128 s', () => {
    const delays = [1, 2, 3, 7].map((attempt) => retryDelayMs({ ...failure, attempt }));
    expect(delays).toEqual([2_000, 4_000, 8_000, 128_000]);
  });

  it('takes a random part of the delay, so that failed runs do not come back together', () => {
    expect(retryDelayMs({ ...failure, attempt: 2, random: 0.25 })).toBe(1_000);
    expect(retryDelayMs({ ...failure, attempt: 2, random: 0.25, policy: { jitter: 'none' } })).toBe(4_000);
    expect(retryDelayMs({ ...failure, attempt: 2, random: 0.25, policy: { jitter: false } })).toBe(4_000);
    expect(retryDelayMs({ ...failure, attempt: 2, random: 0.25, policy: { jitter: true } })).toBe(1_000);
  });

  it('gives up after the eighth attempt, or after what the author says', () => {
    expect(retryDelayMs({ ...failure, attempt: 8 })).toBeUndefined();
    expect(retryDelayMs({ ...failure, attempt: 2, policy: { maxAttempts: 2 } })).toBeUndefined();
    expect(retryDelayMs({ ...failure, attempt: 1, policy: { maxAttempts: 2 } })).toBe(2_000);
  });

  it('takes each part from the step, else from the workflow, else from the default', () => {
    const inherited = { maxAttempts: 3, initialDelayMs: 500 };
    expect(retryDelayMs({ ...failure, inherited })).toBe(500);
    expect(retryDelayMs({ ...failure, inherited, attempt: 3 })).toBeUndefined();
    expect(retryDelayMs({ ...failure, inherited, policy: { maxAttempts: 5 }, attempt: 3 })).toBe(2_000);
    expect(effectiveRetry({ jitter: 'none' }, inherited)).toEqual({
      maxAttempts: 3,
      initialDelayMs: 500,
      maxDelayMs: 3_600_000,
      factor: 2,
      jitter: 'none',
    });
  });

  it('waits at least as long as Retry-After asks, within 1 s and 24 h', () => {
    expect(retryDelayMs({ ...failure, random: 0, retryAfterMs: 30_000 })).toBe(30_000);
    expect(retryDelayMs({ ...failure, random: 0, retryAfterMs: 0 })).toBe(1_000);
    expect(retryDelayMs({ ...failure, random: 0, retryAfterMs: 10 ** 12 })).toBe(86_400_000);
    expect(retryDelayMs({ ...failure, attempt: 6, retryAfterMs: 1_000 })).toBe(64_000);
  });
});
