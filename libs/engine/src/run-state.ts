import type { FinishedRunStatus, RunError } from '@hookloom/contracts';
import type { Plan } from './plan.js';

/** Where a step stands while its run goes on; what a finished run never reached is shown as skipped. */
export type StepPhase = 'pending' | 'ready' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped';

export interface StepState {
  phase: StepPhase;
  /** Number of the latest attempt; 0 before the first. */
  attempt: number;
  /** How often it was done again on purpose after it had succeeded: part of its idempotency key. */
  generation: number;
  /** Incoming edges that were taken, and that were not. */
  taken: number;
  untaken: number;
  /** The handle it was left by; null: none, all that follows by it alone is skipped. */
  leftBy: string | null;
  /** A `started` entry without an outcome: a crash may have hidden the effect. */
  isUnsettled: boolean;
  /** Epoch milliseconds, while `waiting`. */
  resumesAt: number | undefined;
}

/** How a run ended, if it did. */
export interface RunEnd {
  readonly status: FinishedRunStatus;
  readonly error: RunError | undefined;
}

/**
 * What is known of a run, kept up to date entry by entry: folding anew for each decision is quadratic.
 * `ready`, `waiting` and `runningCount` make `decide` independent of the number of steps.
 */
export interface RunState {
  readonly plan: Plan;
  readonly steps: Map<string, StepState>;
  readonly ready: Set<string>;
  readonly waiting: Set<string>;
  runningCount: number;
  /** Set when a step failed for good under `onError: fail`. */
  failure: RunError | undefined;
  end: RunEnd | undefined;
  /** Entries applied so far; the next one has this number. */
  entryCount: number;
}

/** A run before its first entry: its first step is ready. */
export function emptyRunState(plan: Plan): RunState {
  const steps = new Map<string, StepState>();
  for (const id of plan.steps.keys()) steps.set(id, emptyStepState());
  const state: RunState = {
    plan,
    steps,
    ready: new Set(),
    waiting: new Set(),
    runningCount: 0,
    failure: undefined,
    end: undefined,
    entryCount: 0,
  };
  setPhase(state, plan.startId, 'ready');
  return state;
}

function emptyStepState(): StepState {
  return {
    phase: 'pending',
    attempt: 0,
    generation: 0,
    taken: 0,
    untaken: 0,
    leftBy: null,
    isUnsettled: false,
    resumesAt: undefined,
  };
}

/** The state of one step. @throws RangeError for a step that the plan does not have */
export function stepState(state: RunState, id: string): StepState {
  const found = state.steps.get(id);
  if (!found) throw new RangeError(`The plan has no step "${id}".`);
  return found;
}

/** Moves a step to a phase and keeps the run's sets in step with it. */
export function setPhase(state: RunState, id: string, phase: StepPhase): void {
  const step = stepState(state, id);
  if (step.phase === 'running') state.runningCount -= 1;
  if (step.phase === 'ready') state.ready.delete(id);
  if (step.phase === 'waiting') state.waiting.delete(id);
  step.phase = phase;
  if (phase !== 'waiting') step.resumesAt = undefined;
  if (phase === 'running') state.runningCount += 1;
  if (phase === 'ready') state.ready.add(id);
  if (phase === 'waiting') state.waiting.add(id);
}

/** The runner takes a ready step: in memory only, a crash makes it ready again. @returns the attempt's number */
export function takeStep(state: RunState, id: string): number {
  const step = stepState(state, id);
  setPhase(state, id, 'running');
  step.attempt += 1;
  return step.attempt;
}
