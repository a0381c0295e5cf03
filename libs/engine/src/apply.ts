import type { JournalEntry } from '@hookloom/contracts';
import type { Plan } from './plan.js';
import { emptyRunState, setPhase, stepState, type RunState } from './run-state.js';

/**
 * Applies one journal entry. Changes `state` in place and returns it: a run of 10,000 entries must not
 * copy its state 10,000 times. The same entries always give the same state.
 */
export function apply(state: RunState, entry: JournalEntry): RunState {
  state.entryCount += 1;
  switch (entry.kind) {
    case 'started':
      return started(state, entry.path, entry.attempt);
    case 'succeeded':
      return succeeded(state, entry);
    case 'failed':
      return failed(state, entry);
    case 'filtered':
      state.end = { status: 'skipped', error: undefined };
      return state;
    case 'stopped': {
      setPhase(state, entry.stepId, 'succeeded');
      const error = {
        code: 'stopped',
        message: entry.message ?? 'A stop step ended the run.',
        stepId: entry.stepId,
      };
      state.end = { status: entry.status, error: entry.status === 'failed' ? error : undefined };
      return state;
    }
    case 'cancelled':
      state.end = { status: 'cancelled', error: undefined };
      return state;
    case 'timedOut':
      state.end = { status: 'failed', error: entry.error };
      return state;
    case 'retried':
      return retried(state, entry.from);
  }
}

/** The state after all of a run's entries; only needed after a claim. */
export function fold(plan: Plan, entries: Iterable<JournalEntry>): RunState {
  const state = emptyRunState(plan);
  for (const entry of entries) apply(state, entry);
  return state;
}

function started(state: RunState, id: string, attempt: number): RunState {
  const step = stepState(state, id);
  if (step.phase !== 'running') setPhase(state, id, 'running');
  step.attempt = attempt;
  step.isUnsettled = true;
  return state;
}

function succeeded(state: RunState, entry: Extract<JournalEntry, { kind: 'succeeded' }>): RunState {
  const step = stepState(state, entry.path);
  setPhase(state, entry.path, 'succeeded');
  step.attempt = entry.attempt;
  step.isUnsettled = false;
  leave(state, entry.path, entry.handle);
  return state;
}

function failed(state: RunState, entry: Extract<JournalEntry, { kind: 'failed' }>): RunState {
  const step = stepState(state, entry.path);
  step.attempt = entry.attempt;
  step.isUnsettled = false;
  if (entry.retryAt === undefined) {
    setPhase(state, entry.path, 'failed');
    state.failure ??= entry.error;
  } else {
    setPhase(state, entry.path, 'waiting');
    step.resumesAt = entry.retryAt;
  }
  return state;
}

/** Settles the edges of a step that is over: taken where they leave by `handle`, untaken elsewhere. */
function leave(state: RunState, from: string, handle: string | null): void {
  const left: { id: string; handle: string | null }[] = [{ id: from, handle }];
  for (let step = left.pop(); step; step = left.pop()) {
    stepState(state, step.id).leftBy = step.handle;
    for (const edge of state.plan.steps.get(step.id)?.outgoing ?? []) {
      countEdge(state, edge.target, edge.handle === step.handle);
      const verdict = settle(state, edge.target);
      if (verdict) setPhase(state, edge.target, verdict);
      if (verdict === 'skipped') left.push({ id: edge.target, handle: null });
    }
  }
}

function countEdge(state: RunState, target: string, isTaken: boolean): void {
  const step = stepState(state, target);
  if (isTaken) step.taken += 1;
  else step.untaken += 1;
}

/** What a pending step becomes: with several incoming edges it waits for all, or (`join: any`) for the first. */
function settle(state: RunState, id: string): 'ready' | 'skipped' | undefined {
  const planned = state.plan.steps.get(id);
  const step = stepState(state, id);
  if (!planned || step.phase !== 'pending') return undefined;
  if (planned.step.join === 'any' && step.taken > 0) return 'ready';
  if (step.taken + step.untaken < planned.incomingCount) return undefined;
  return step.taken > 0 ? 'ready' : 'skipped';
}

/** Makes the named steps ready again and forgets what followed them. */
function retried(state: RunState, from: readonly string[]): RunState {
  const again = stepsToRepeat(state, from);
  for (const id of again) forget(state, id);
  for (const [id, planned] of state.plan.steps) {
    const source = stepState(state, id);
    if (source.phase !== 'succeeded' && source.phase !== 'skipped') continue;
    for (const edge of planned.outgoing) {
      if (again.has(edge.target)) countEdge(state, edge.target, edge.handle === source.leftBy);
    }
  }
  for (const id of from) setPhase(state, id, 'ready');
  state.failure = undefined;
  state.end = undefined;
  return state;
}

function forget(state: RunState, id: string): void {
  const step = stepState(state, id);
  if (step.phase === 'succeeded') step.generation += 1;
  setPhase(state, id, 'pending');
  step.attempt = 0;
  step.taken = 0;
  step.untaken = 0;
  step.leftBy = null;
  step.isUnsettled = false;
}

/**
 * The named steps and what follows them. After a step that had succeeded everything is done again; after one
 * that had not, what succeeded all the same (a join of any) is kept.
 */
function stepsToRepeat(state: RunState, from: readonly string[]): Set<string> {
  const again = new Set(from);
  const open = from.map((id) => ({ id, repeatAll: stepState(state, id).phase === 'succeeded' }));
  for (let next = open.pop(); next; next = open.pop()) {
    for (const edge of state.plan.steps.get(next.id)?.outgoing ?? []) {
      const isKept = !next.repeatAll && stepState(state, edge.target).phase === 'succeeded';
      if (isKept || again.has(edge.target)) continue;
      again.add(edge.target);
      open.push({ id: edge.target, repeatAll: next.repeatAll });
    }
  }
  return again;
}
