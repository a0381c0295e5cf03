import { RESPOND, type JournalEntry } from '@hookloom/contracts';
import { apply, type RunState, type StepState } from '@hookloom/engine';
import type { Loops } from './loops.js';
import type { RunJournal } from './run-journal.js';
import type { RunScope } from './run-scope.js';

interface Restored {
  readonly journal: RunJournal;
  readonly scope: RunScope;
  readonly loops: Loops;
}

/** Brings a run that goes on to where its journal left it: its state, and what the steps behind it gave. */
export async function restoreRun(entries: readonly JournalEntry[], restored: Restored): Promise<void> {
  const { state } = restored.journal;
  for (const entry of entries) {
    const step = 'path' in entry && entry.path !== undefined ? state.steps.get(entry.path) : undefined;
    if (step?.round) await restored.loops.enter(step.round);
    apply(state, entry);
    if (entry.kind === 'succeeded' && step) restoreOutput(restored, step, entry);
    if (entry.kind === 'retried') forgetRepeated(state, restored.scope);
    await restored.loops.restore(entry);
  }
}

function restoreOutput(
  { journal, scope, loops }: Restored,
  step: StepState,
  entry: Extract<JournalEntry, { kind: 'succeeded' }>,
): void {
  const { outputRef, list } = entry;
  if (entry.passes) scope.setPassed(step);
  else if (list) scope.setLater(step, 0, () => loops.loadList(list));
  else if (outputRef) scope.setLater(step, outputRef.bytes, () => journal.loadValue(outputRef.ref));
  else scope.setOutput(step, JSON.stringify(entry.output ?? null));
  const isAnswer = step.planned.step.type === RESPOND && !entry.error && !entry.passes && !entry.pinned;
  if (!isAnswer) return;
  scope.noteResponse(async () =>
    outputRef ? journal.loadValue(outputRef.ref) : JSON.stringify(entry.output ?? {}),
  );
}

/** Steps that are to be done again have given nothing yet. */
function forgetRepeated(state: RunState, scope: RunScope): void {
  for (const [path, step] of state.steps) if (step.phase !== 'succeeded') scope.forget(path);
}
