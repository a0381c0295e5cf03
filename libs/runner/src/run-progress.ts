import type { ExecutionContext } from './execution-context.js';
import type { RunJournal } from './run-journal.js';

/** Longer than almost every run takes, short enough for somebody who looks on. */
const SHOW_EVERY_MS = 300;

/**
 * Writes the journal of a run that takes longer than most, with the steps that are under way: otherwise a run
 * whose first call is slow would look as if nothing had been done. Most runs are over before it is their turn.
 *
 * @returns how to stop
 */
export function showProgress(execution: ExecutionContext & { readonly journal: RunJournal }): () => void {
  const timer = setInterval(() => {
    // A run that is lost is noticed by whoever writes its next step.
    show(execution).catch(() => undefined);
  }, SHOW_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function show(execution: ExecutionContext & { readonly journal: RunJournal }): Promise<void> {
  const { deps, run, journal, underWay } = execution;
  for (const { startedAt, ...on } of underWay) {
    // What came of it may stand in the journal already while its last write goes on: it must not begin anew.
    if (journal.state.steps.get(on.path)?.phase !== 'running') continue;
    journal.add({ kind: 'started', ...on, at: startedAt, onlyShown: true });
  }
  underWay.clear();
  if (journal.isWritten) return;
  await journal.write();
  const seq = journal.state.entryCount;
  deps.changes.publish(run.projectId, { runId: run.id, seq, status: 'running' });
}
