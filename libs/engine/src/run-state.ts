import type { FinishedRunStatus, OnItemError, RunError, WaitsFor } from '@hookloom/contracts';
import type { Plan, PlannedStep } from './plan.js';

/**
 * Where a step stands while its run goes on; what a finished run never reached is shown as skipped. `looping`: its
 * rounds are being done; when they are over it is `ready` once more, to give what they gave.
 */
export type StepPhase =
  'pending' | 'ready' | 'running' | 'looping' | 'waiting' | 'succeeded' | 'failed' | 'skipped';

export interface StepState {
  /** The step's id, after those of the rounds it is in: `each[3].call`. */
  readonly path: string;
  readonly planned: PlannedStep;
  /** The round that it is a part of. */
  readonly round: RoundState | undefined;
  phase: StepPhase;
  /** Number of the latest attempt; 0 before the first, and again after a person's retry. */
  attempt: number;
  /** Attempts before the latest retry. */
  earlier: number;
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
  /** A call of its destination is reserved for it up to then, epoch milliseconds. */
  turnUntil: number | undefined;
  /** Set while it waits on purpose, and until what ended the wait is known. */
  suspension: Suspension | undefined;
  /** Set from its first round until it is done. */
  loop: LoopState | undefined;
}

/** Why a step waits, and how it goes on when its time is up. */
export interface Suspension {
  readonly waitsFor: WaitsFor | undefined;
  /** null: it fails. */
  readonly onDue: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** The rounds of one loop. Only those under way are kept, so that 10,000 items cost no more than ten. */
export interface LoopState {
  readonly count: number;
  readonly concurrency: number;
  readonly onItemError: OnItemError;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Index of the round that begins next. */
  next: number;
  /** Rounds that are over. */
  ended: number;
  /** Rounds under way, and under `stop` those that failed; the one that began first comes first. */
  readonly rounds: Map<number, RoundState>;
  /** Why no further round begins. */
  failure: RunError | undefined;
}

/** One round of a loop: its body's steps stand in the run's `steps` under this prefix. */
export interface RoundState {
  /** The loop's own step. */
  readonly of: StepState;
  readonly index: number;
  /** `each[3].` */
  readonly prefix: string;
  /** Steps that are neither done nor skipped. */
  open: number;
  /** Steps at work now, those in loops inside included. */
  running: number;
  /** Why nothing further of it begins. */
  failure: RunError | undefined;
  /** It, or a loop around it, has failed: what is running finishes, nothing begins. */
  isHalted: boolean;
}

/** A round that is over, for the runner to keep what it gave. */
export interface EndedRound {
  /** The loop's path. */
  readonly path: string;
  readonly index: number;
  readonly prefix: string;
  /** The steps after which nothing more was done: their outputs are what the round gave. */
  readonly lastSteps: readonly string[];
  readonly onItemError: OnItemError;
  readonly error: RunError | undefined;
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
  /** By path. */
  readonly steps: Map<string, StepState>;
  readonly ready: Set<string>;
  readonly waiting: Set<string>;
  runningCount: number;
  /** Set when a step failed for good under `onError: fail`. */
  failure: RunError | undefined;
  end: RunEnd | undefined;
  /** Entries applied so far; the next one has this number. */
  entryCount: number;
  /** Rounds that ended since the runner last looked; it takes them out. */
  endedRounds: EndedRound[];
}

/** A run before its first entry: its first step is ready. */
export function emptyRunState(plan: Plan): RunState {
  const steps = new Map<string, StepState>();
  for (const [id, planned] of plan.steps) {
    if (planned.loop === undefined) steps.set(id, emptyStepState(id, planned));
  }
  const state: RunState = {
    plan,
    steps,
    ready: new Set(),
    waiting: new Set(),
    runningCount: 0,
    failure: undefined,
    end: undefined,
    entryCount: 0,
    endedRounds: [],
  };
  setPhase(state, plan.startId, 'ready');
  return state;
}

/** A step that has not begun. `round`: the one it is a part of; what is done again counts on from its loop. */
export function emptyStepState(path: string, planned: PlannedStep, round?: RoundState): StepState {
  return {
    path,
    planned,
    round,
    phase: 'pending',
    attempt: 0,
    earlier: 0,
    generation: round?.of.generation ?? 0,
    taken: 0,
    untaken: 0,
    leftBy: null,
    isUnsettled: false,
    resumesAt: undefined,
    turnUntil: undefined,
    suspension: undefined,
    loop: undefined,
  };
}

/** The state of one step. @throws RangeError for a path that the run does not have (any more) */
export function stepState(state: RunState, path: string): StepState {
  const found = state.steps.get(path);
  if (!found) throw new RangeError(`The run has no step "${path}".`);
  return found;
}

/** A person's retry gives a step all attempts of its policy once more. */
export function forgetAttempts(step: StepState): void {
  step.earlier += step.attempt;
  step.attempt = 0;
}

/** Moves a step to a phase and keeps the counts and sets in step with it. */
export function setPhase(state: RunState, path: string, phase: StepPhase): void {
  const step = stepState(state, path);
  if (step.phase === 'running') countRunning(state, step, -1);
  if (phase === 'running') countRunning(state, step, 1);
  if (step.round) step.round.open += Number(isOver(step.phase)) - Number(isOver(phase));
  step.phase = phase;
  if (phase !== 'waiting') step.resumesAt = undefined;
  enlist(state, step);
}

/** Puts a step into the sets that `decide` looks at, or takes it out of them. */
export function enlist(state: RunState, { path, phase, round }: StepState): void {
  const isHalted = round?.isHalted === true;
  if (phase === 'ready' && !isHalted) state.ready.add(path);
  else state.ready.delete(path);
  if (phase === 'waiting' && !isHalted) state.waiting.add(path);
  else state.waiting.delete(path);
}

function isOver(phase: StepPhase): boolean {
  return phase === 'succeeded' || phase === 'skipped';
}

function countRunning(state: RunState, step: StepState, by: 1 | -1): void {
  state.runningCount += by;
  for (let { round } = step; round; round = round.of.round) round.running += by;
}

/** The runner takes a ready step: in memory only, a crash makes it ready again. @returns the attempt's number */
export function takeStep(state: RunState, path: string): number {
  const step = stepState(state, path);
  setPhase(state, path, 'running');
  step.attempt += 1;
  return step.attempt;
}
