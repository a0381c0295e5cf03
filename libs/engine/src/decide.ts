import type { FinishedRunStatus, RunError } from '@hookloom/contracts';
import { setPhase, stepState, type RunState } from './run-state.js';

/** What a run must do next. */
export type Decision =
  | { readonly kind: 'execute'; /** Steps by path. */ readonly paths: readonly string[] }
  /** Steps are running; their results bring the runner back. */
  | { readonly kind: 'idle' }
  /** `until`: epoch milliseconds. */
  | { readonly kind: 'sleep'; readonly until: number }
  | { readonly kind: 'finish'; readonly status: FinishedRunStatus; readonly error: RunError | undefined };

/**
 * Says what a run must do next; performs nothing. Looks at the ready and waiting sets only.
 *
 * @param now epoch milliseconds: steps whose wait is over by then become ready
 */
export function decide(state: RunState, now: number): Decision {
  const isOver = state.end !== undefined || state.failure !== undefined;
  if (!isOver) wake(state, now);
  if (!isOver && state.ready.size > 0) return { kind: 'execute', paths: [...state.ready] };
  if (state.runningCount > 0) return { kind: 'idle' };
  if (state.end) return { kind: 'finish', ...state.end };
  if (state.failure) return { kind: 'finish', status: 'failed', error: state.failure };
  const until = nextWakeAt(state);
  return until === undefined
    ? { kind: 'finish', status: 'succeeded', error: undefined }
    : { kind: 'sleep', until };
}

function wake(state: RunState, now: number): void {
  for (const path of state.waiting) {
    if ((stepState(state, path).resumesAt ?? 0) <= now) setPhase(state, path, 'ready');
  }
}

function nextWakeAt(state: RunState): number | undefined {
  let earliest: number | undefined;
  for (const path of state.waiting) {
    const at = stepState(state, path).resumesAt ?? 0;
    if (earliest === undefined || at < earliest) earliest = at;
  }
  return earliest;
}
