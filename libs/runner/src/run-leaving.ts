import { PlanError, type Decision, type RunState } from '@hookloom/engine';
import { DefinitionGone, JournalUnreadable, type ClaimedRun, type RunRelease } from './ports.js';
import { tellOfEnd, type EndOfRun } from './run-end.js';
import type { Execution } from './run-execution.js';
import { untilDone } from './run-faults.js';
import type { RunnerDeps } from './runner-deps.js';

/** Until a run is tried again after a part of ours was away. */
const POSTPONE_MS = 2_000;

/** The run leaves this worker with nothing to be done now: it is finished, asleep, or for another worker. */
export async function release(execution: Execution, decision: Decision): Promise<void> {
  const { deps, journal, run } = execution;
  if (decision.kind === 'sleep') {
    await journal.release({ kind: 'asleep', until: decision.until });
    publishRun(deps, run, journal.state, 'waiting');
    return;
  }
  if (decision.kind !== 'finish') return journal.release({ kind: 'handedBack' });
  await finish(execution, decision);
}

/** A part of ours was away: what is on disk stands, and the run is tried again soon. */
export async function postpone({ deps, journal }: Execution): Promise<void> {
  await journal.release({ kind: 'asleep', until: deps.now() + POSTPONE_MS });
}

/** Tells of the end, then writes it. */
export async function finish(execution: Execution, end: EndOfRun): Promise<void> {
  const { deps, journal, run } = execution;
  const { status, error } = end;
  await tellOfEnd(execution, end);
  await journal.release({ kind: 'finished', status, error, finishedAt: deps.now() });
  publishRun(deps, run, journal.state, status);
  if (run.event?.isAwaited) deps.changes.answered(run.projectId, run.event.id);
}

function publishRun(
  deps: RunnerDeps,
  run: ClaimedRun,
  state: RunState,
  status: 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'skipped',
): void {
  deps.changes.publish(run.projectId, { runId: run.id, seq: state.entryCount, status });
}

/** Trying again would end the same way for ever. */
export function isHopeless(fault: unknown): fault is PlanError | DefinitionGone | JournalUnreadable {
  return fault instanceof PlanError || fault instanceof DefinitionGone || fault instanceof JournalUnreadable;
}

/**
 * Before its first step: a definition that cannot be followed ends the run; what was away is tried again.
 *
 * @throws RunLost
 */
export async function putAside(
  deps: RunnerDeps,
  run: ClaimedRun,
  fault: unknown,
  lost: AbortSignal,
): Promise<void> {
  const now = deps.now();
  const seq = run.unreadableEntries ?? run.journal.length;
  const how: RunRelease = isHopeless(fault)
    ? {
        kind: 'finished',
        status: run.cancelRequested ? 'cancelled' : 'failed',
        error: { code: fault.code, message: fault.message },
        finishedAt: now,
      }
    : { kind: 'asleep', until: now + POSTPONE_MS };
  const wasOurs = await untilDone(() => deps.store.release(run, seq, [], how), lost);
  if (wasOurs && how.kind === 'finished')
    deps.changes.publish(run.projectId, { runId: run.id, seq, status: how.status });
}
