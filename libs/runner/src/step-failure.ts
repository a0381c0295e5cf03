import {
  LIMITS,
  type JournalEntry,
  type RetryPolicy,
  type RunError,
  type WorkflowStep,
} from '@hookloom/contracts';
import { retryDelayMs } from '@hookloom/engine';
import { RetryableError, StepError } from '@hookloom/step-kit';
import { RoundFailed } from './loops.js';

/** One attempt that did not succeed. Times are epoch milliseconds. */
export interface AttemptFailure {
  readonly step: WorkflowStep;
  /** What the workflow says about retries of all its steps. */
  readonly inheritedRetry: RetryPolicy | undefined;
  readonly path: string;
  readonly attempt: number;
  readonly startedAt: number;
  readonly at: number;
  readonly error: unknown;
  /** False for pure steps: doing them again gives the same. */
  readonly isRepeatable: boolean;
  /** The handle that `onError: continue` leaves by. */
  readonly continueHandle: string;
  readonly random: number;
}

type FailureEntry = Extract<JournalEntry, { kind: 'failed' | 'succeeded' }>;

/** The journal entry for a failed attempt: another try, the step's own way on, or the end of the run. */
export function failureEntry(failure: AttemptFailure): FailureEntry {
  const { step, attempt, startedAt, at } = failure;
  const error = toRunError(failure.error, step.id);
  const on = { stepId: step.id, path: failure.path, attempt, startedAt, at };
  const detail = failure.error instanceof StepError ? failure.error.options.detail : undefined;
  const told = detail === undefined ? {} : { detail };
  const delayMs = delayBeforeNext(failure);
  if (delayMs !== undefined) return { kind: 'failed', ...on, error, retryAt: at + delayMs, ...told };
  if (step.onError === 'continue')
    return { kind: 'succeeded', ...on, handle: failure.continueHandle, error, ...told };
  if (step.onError === 'branch') return { kind: 'succeeded', ...on, handle: 'error', error, ...told };
  return { kind: 'failed', ...on, error, ...told };
}

function delayBeforeNext(failure: AttemptFailure): number | undefined {
  if (!failure.isRepeatable || !(failure.error instanceof RetryableError)) return undefined;
  return retryDelayMs({
    policy: failure.step.retry,
    inherited: failure.inheritedRetry,
    attempt: failure.attempt,
    retryAfterMs: failure.error.options.retryAfterMs,
    random: failure.random,
  });
}

/** What a person reads. An error that is not a StepError is our own fault and says so, without its inside. */
export function toRunError(error: unknown, stepId: string): RunError {
  if (error instanceof RoundFailed) return error.runError;
  if (error instanceof StepError) {
    const { status } = error.options;
    return {
      code: error.code,
      message: cut(error.message),
      ...(status === undefined ? {} : { status }),
      stepId,
    };
  }
  const message =
    'The step failed inside Hookloom, not in your workflow. Retry the run; if it fails again, report it.';
  return { code: 'internal', message, stepId };
}

/** The output that `onError: continue` and `branch` give to what follows. */
export function errorOutput(error: RunError): string {
  return JSON.stringify(error);
}

function cut(message: string): string {
  return message.length <= LIMITS.errorTextBytes / 4
    ? message
    : `${message.slice(0, LIMITS.errorTextBytes / 4)} …`;
}
