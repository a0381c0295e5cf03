import { RetryableError } from '@hookloom/step-kit';
import { describe, expect, it } from 'vitest';
import { failureEntry, type AttemptFailure } from './step-failure.js';

function aFailure(changes: Partial<AttemptFailure> = {}): AttemptFailure {
  return {
    step: { id: 'call', type: 'http', config: {} },
    inheritedRetry: undefined,
    path: 'call',
    attempt: 1,
    startedAt: 0,
    at: 1_000,
    error: new RetryableError('Busy.'),
    isRepeatable: true,
    continueHandle: 'out',
    random: 1,
    ...changes,
  };
}

describe('the next attempt', () => {
  const inheritedRetry = { maxAttempts: 1 };

  it('comes as the workflow says where the step does not', () => {
    expect(failureEntry(aFailure())).toMatchObject({ kind: 'failed', retryAt: 3_000 });
    expect(failureEntry(aFailure({ inheritedRetry }))).not.toHaveProperty('retryAt');
    const soon = aFailure({ inheritedRetry: { initialDelayMs: 500 } });
    expect(failureEntry(soon)).toMatchObject({ retryAt: 1_500 });
  });

  it('comes as the step says, whatever its workflow says', () => {
    const step = { id: 'call', type: 'http', config: {}, retry: { maxAttempts: 2 } };
    expect(failureEntry(aFailure({ inheritedRetry, step }))).toMatchObject({ retryAt: 3_000 });
  });
});
