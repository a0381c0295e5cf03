import type { JournalEntry, WorkflowDefinition } from '@hookloom/contracts';
import { apply, decide, emptyRunState, planOf, stepState, takeStep, type RunEnd } from '@hookloom/engine';

/**
 * Follows a workflow with the pure engine alone: what each step does is taken from the journal of an earlier run. It
 * must want the same steps, each as often, and come to the same end.
 *
 * @throws Error when the engine wants a step that was never done
 */
export function runByEngine(
  definition: WorkflowDefinition,
  triggerId: string,
  journal: readonly JournalEntry[],
): RunEnd & { readonly left: readonly JournalEntry[] } {
  const state = emptyRunState(planOf(definition, triggerId));
  const told = journal.filter((entry) => entry.kind !== 'started' && entry.kind !== 'gathered');
  for (;;) {
    const decision = decide(state, Number.MAX_SAFE_INTEGER);
    if (decision.kind === 'finish') return { status: decision.status, error: decision.error, left: told };
    if (decision.kind !== 'execute') throw new Error(`The engine stands still: ${decision.kind}`);
    const [path] = decision.paths;
    const at = told.findIndex((entry) => pathOf(entry) === path);
    const [entry] = at < 0 ? [] : told.splice(at, 1);
    if (!entry || path === undefined) throw new Error(`The engine wants "${path}", which was not done.`);
    if (!stepState(state, path).loop) takeStep(state, path);
    apply(state, entry);
  }
}

/** The step that an entry is about; what ends the run without one is about its trigger. */
function pathOf(entry: JournalEntry): string | undefined {
  if (entry.kind === 'stopped') return entry.path ?? entry.stepId;
  return 'path' in entry ? entry.path : 'start';
}
