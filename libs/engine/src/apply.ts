import type { JournalEntry } from '@hookloom/contracts';
import type { Plan } from './plan.js';
import { repeat } from './repeat.js';
import { beginLoop, failRound, forgetRounds, settleRound } from './rounds.js';
import { emptyRunState, setPhase, stepState, type RunState } from './run-state.js';
import { leave } from './settle.js';

/**
 * Applies one journal entry. Changes `state` in place and returns it: a run of 10,000 entries must not
 * copy its state 10,000 times. The same entries always give the same state.
 */
export function apply(state: RunState, entry: JournalEntry): RunState {
  state.entryCount += 1;
  if (isOfForgottenRound(state, entry)) return state;
  switch (entry.kind) {
    case 'started':
      started(state, entry);
      break;
    case 'succeeded':
      succeeded(state, entry);
      break;
    case 'failed':
      failed(state, entry);
      break;
    case 'suspended':
      suspended(state, entry);
      break;
    case 'postponed':
      postponed(state, entry);
      break;
    case 'looping':
      beginLoop(state, entry);
      break;
    case 'gathered':
      break;
    case 'filtered':
      setPhase(state, state.plan.startId, 'skipped');
      state.end = { status: 'skipped', error: undefined };
      break;
    case 'stopped':
      stopped(state, entry);
      break;
    case 'cancelled':
      state.end = { status: 'cancelled', error: undefined };
      break;
    case 'timedOut':
      state.end = { status: 'failed', error: entry.error };
      break;
    case 'retried':
      repeat(state, entry.from);
      break;
  }
  return state;
}

/**
 * When a round fails, what is running in it finishes. What is running stands in no journal, so that a run that goes on
 * has ended such a round already when it reads how the last of it finished.
 */
function isOfForgottenRound(state: RunState, entry: JournalEntry): boolean {
  if (!('path' in entry) || entry.path === undefined || !entry.path.includes('[')) return false;
  return !state.steps.has(entry.path);
}

/** The state after all of a run's entries; only needed after a claim. */
export function fold(plan: Plan, entries: Iterable<JournalEntry>): RunState {
  const state = emptyRunState(plan);
  for (const entry of entries) apply(state, entry);
  return state;
}

function started(state: RunState, entry: Extract<JournalEntry, { kind: 'started' }>): void {
  const { path, attempt, onlyShown } = entry;
  const step = stepState(state, path);
  if (step.phase !== 'running') setPhase(state, path, 'running');
  step.attempt = onlyShown ? attempt - 1 : attempt;
  step.isUnsettled = !onlyShown;
}

function succeeded(state: RunState, entry: Extract<JournalEntry, { kind: 'succeeded' }>): void {
  const step = stepState(state, entry.path);
  setPhase(state, entry.path, 'succeeded');
  step.attempt = entry.attempt;
  step.isUnsettled = false;
  step.suspension = undefined;
  if (step.loop) forgetRounds(state, step);
  leave(state, step, entry.handle);
  settleRound(state, step.round);
}

function suspended(state: RunState, entry: Extract<JournalEntry, { kind: 'suspended' }>): void {
  const step = stepState(state, entry.path);
  const { waitsFor, onDue, startedAt } = entry;
  setPhase(state, entry.path, 'waiting');
  step.attempt = entry.attempt;
  step.isUnsettled = false;
  step.resumesAt = entry.until;
  step.suspension = { waitsFor, onDue, startedAt };
  settleRound(state, step.round);
}

/** The attempt that could not act is none. */
function postponed(state: RunState, entry: Extract<JournalEntry, { kind: 'postponed' }>): void {
  const step = stepState(state, entry.path);
  step.attempt = entry.attempt - 1;
  step.isUnsettled = false;
  step.turnUntil = entry.turnUntil;
  setPhase(state, entry.path, 'waiting');
  step.resumesAt = entry.until;
  settleRound(state, step.round);
}

function failed(state: RunState, entry: Extract<JournalEntry, { kind: 'failed' }>): void {
  const step = stepState(state, entry.path);
  step.attempt = entry.attempt;
  step.isUnsettled = false;
  step.suspension = undefined;
  step.turnUntil = undefined;
  if (entry.retryAt !== undefined) {
    setPhase(state, entry.path, 'waiting');
    step.resumesAt = entry.retryAt;
    settleRound(state, step.round);
    return;
  }
  setPhase(state, entry.path, 'failed');
  if (step.round) failRound(state, step.round, entry.error);
  else state.failure ??= entry.error;
}

function stopped(state: RunState, entry: Extract<JournalEntry, { kind: 'stopped' }>): void {
  setPhase(state, entry.path ?? entry.stepId, 'succeeded');
  const message = entry.message ?? 'A stop step ended the run.';
  const error = { code: 'stopped', message, stepId: entry.stepId };
  state.end = { status: entry.status, error: entry.status === 'failed' ? error : undefined };
}
