import type { LoopingEntry, RunError } from '@hookloom/contracts';
import type { Plan } from './plan.js';
import {
  emptyStepState,
  enlist,
  forgetAttempts,
  setPhase,
  stepState,
  type LoopState,
  type RoundState,
  type RunState,
  type StepState,
} from './run-state.js';
import { settle } from './settle.js';

/** How far rounds may run ahead of the slowest one: what they give is kept until it is done. */
const MAX_AHEAD = 1_000;

/** A loop has its items: its first rounds begin. */
export function beginLoop(state: RunState, entry: LoopingEntry): void {
  const step = stepState(state, entry.path);
  const { count, concurrency, onItemError, startedAt } = entry;
  step.attempt = entry.attempt;
  step.isUnsettled = false;
  step.loop = {
    count,
    concurrency,
    onItemError,
    startedAt,
    next: 0,
    ended: 0,
    rounds: new Map(),
    failure: undefined,
  };
  setPhase(state, entry.path, 'looping');
  advanceLoop(state, step);
  // The round around it may have failed meanwhile and have waited for this step alone.
  settleRound(state, step.round);
}

/**
 * A state in which one round is done alone, apart from its run: its entries are applied to the run afterwards.
 * It is over when `endedRounds` has it.
 */
export function emptyRoundState(plan: Plan, of: StepState, index: number): RunState {
  const state: RunState = {
    plan,
    steps: new Map(),
    ready: new Set(),
    waiting: new Set(),
    runningCount: 0,
    failure: undefined,
    end: undefined,
    entryCount: 0,
    endedRounds: [],
  };
  const loop: LoopState = {
    count: index + 1,
    concurrency: 1,
    onItemError: 'continue',
    startedAt: of.loop?.startedAt ?? 0,
    next: index,
    ended: index,
    rounds: new Map(),
    failure: undefined,
  };
  const alone: StepState = { ...of, round: undefined, phase: 'looping', loop };
  state.steps.set(of.path, alone);
  beginRound(state, alone, loop);
  return state;
}

/** Whether nothing of a round has begun. */
export function isFresh(state: RunState, round: RoundState): boolean {
  const body = round.of.planned.body?.steps ?? [];
  return body.every((id) => {
    const phase = state.steps.get(round.prefix + id)?.phase;
    return phase === 'pending' || phase === 'ready';
  });
}

/** After a step of a round changed: ends the round and its loop where that was the last thing to do. */
export function settleRound(state: RunState, round: RoundState | undefined): void {
  if (!round) return;
  const { loop } = round.of;
  if (!loop || loop.rounds.get(round.index) !== round) return;
  const isOver = round.failure ? round.running === 0 && loop.onItemError !== 'stop' : round.open === 0;
  if (isOver) endRound(state, round);
  advanceLoop(state, round.of);
  settleRound(state, round.of.round);
}

/** A step that was stopped under way is as if it had not begun; its round may have had nothing else left to do. */
export function putBack(state: RunState, path: string): void {
  const step = stepState(state, path);
  setPhase(state, path, 'ready');
  settleRound(state, step.round);
}

/** A step of the round failed for good. Under `stop` nothing further of the whole loop begins. */
export function failRound(state: RunState, round: RoundState, error: RunError): void {
  round.failure ??= error;
  const { loop } = round.of;
  if (loop?.onItemError === 'stop') {
    loop.failure ??= error;
    for (const other of loop.rounds.values()) setHalted(state, other, true);
  } else setHalted(state, round, true);
  settleRound(state, round);
}

/** Begins rounds while there is room, and has the loop's step done once more when all are over. */
function advanceLoop(state: RunState, step: StepState): void {
  const { loop } = step;
  if (!loop || step.phase !== 'looping') return;
  const mayBegin = loop.failure === undefined && step.round?.isHalted !== true;
  while (mayBegin && hasRoom(loop)) beginRound(state, step, loop);
  const isOver = loop.failure ? !isAnyRunning(loop) : loop.ended === loop.count;
  if (isOver) setPhase(state, step.path, 'ready');
}

function hasRoom({ next, count, rounds, concurrency }: LoopState): boolean {
  if (next >= count || rounds.size >= concurrency) return false;
  const oldest = rounds.keys().next();
  return oldest.done === true || next < oldest.value + MAX_AHEAD;
}

function isAnyRunning(loop: LoopState): boolean {
  for (const round of loop.rounds.values()) if (round.running > 0) return true;
  return false;
}

function beginRound(state: RunState, step: StepState, loop: LoopState): void {
  const index = loop.next;
  const body = step.planned.body?.steps ?? [];
  const prefix = `${step.path}[${index}].`;
  const round: RoundState = {
    of: step,
    index,
    prefix,
    open: body.length,
    running: 0,
    failure: undefined,
    isHalted: false,
  };
  loop.next += 1;
  loop.rounds.set(index, round);
  for (const id of body) {
    const planned = state.plan.steps.get(id);
    const path = prefix + id;
    if (planned) state.steps.set(path, emptyStepState(path, planned, round));
  }
  for (const id of step.planned.body?.starts ?? []) {
    stepState(state, prefix + id).taken += 1;
    settle(state, prefix + id);
  }
  if (body.length === 0) endRound(state, round);
}

function endRound(state: RunState, round: RoundState): void {
  const { of, index, prefix } = round;
  const lastSteps = round.failure ? [] : lastStepsOf(state, round);
  const onItemError = of.loop?.onItemError ?? 'stop';
  state.endedRounds.push({ path: of.path, index, prefix, lastSteps, onItemError, error: round.failure });
  forgetRound(state, round);
  of.loop?.rounds.delete(index);
  if (of.loop) of.loop.ended += 1;
}

/** Steps that were done and after which nothing more was. */
function lastStepsOf(state: RunState, round: RoundState): string[] {
  const isDone = (id: string): boolean => state.steps.get(round.prefix + id)?.phase === 'succeeded';
  return (round.of.planned.body?.steps ?? []).filter(
    (id) => isDone(id) && !(state.plan.steps.get(id)?.outgoing ?? []).some((edge) => isDone(edge.target)),
  );
}

/** Takes a round's steps, and those of loops inside it, out of the state. */
function forgetRound(state: RunState, round: RoundState): void {
  for (const id of round.of.planned.body?.steps ?? []) {
    const step = state.steps.get(round.prefix + id);
    if (!step) continue;
    if (step.loop) forgetRounds(state, step);
    state.steps.delete(step.path);
    state.ready.delete(step.path);
    state.waiting.delete(step.path);
  }
}

/** Ends a loop's rounds without a trace: it is done, or begins anew. */
export function forgetRounds(state: RunState, step: StepState): void {
  for (const round of step.loop?.rounds.values() ?? []) forgetRound(state, round);
  step.loop = undefined;
}

/** What is running in the round finishes; whether anything further of it may begin. */
function setHalted(state: RunState, round: RoundState, isHalted: boolean): void {
  round.isHalted = isHalted;
  for (const id of round.of.planned.body?.steps ?? []) {
    const step = state.steps.get(round.prefix + id);
    if (!step) continue;
    enlist(state, step);
    for (const inner of step.loop?.rounds.values() ?? []) {
      setHalted(state, inner, isHalted || inner.failure !== undefined || step.loop?.failure !== undefined);
    }
  }
}

/** A person's retry of a loop that is not done: its finished rounds are kept, the others go on where they stood. */
export function resumeLoop(state: RunState, step: StepState): void {
  const { loop } = step;
  if (!loop) return;
  loop.failure = undefined;
  setPhase(state, step.path, 'looping');
  for (const round of loop.rounds.values()) {
    round.failure = undefined;
    setHalted(state, round, false);
    for (const id of step.planned.body?.steps ?? []) resumeStep(state, stepState(state, round.prefix + id));
    settleRound(state, round);
  }
  advanceLoop(state, step);
}

const UNFINISHED = new Set(['failed', 'running', 'waiting']);

function resumeStep(state: RunState, step: StepState): void {
  if (step.loop) return resumeLoop(state, step);
  if (!UNFINISHED.has(step.phase)) return undefined;
  forgetAttempts(step);
  step.isUnsettled = false;
  step.suspension = undefined;
  return setPhase(state, step.path, 'ready');
}
