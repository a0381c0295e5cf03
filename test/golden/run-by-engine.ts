import type { JournalEntry, WorkflowDefinition } from '@hookloom/contracts';
import { apply, decide, emptyRunState, planOf, setPhase, takeStep, type RunEnd } from '@hookloom/engine';

/** What comes of what a step does; the other entries only prepare it. */
const PREPARING = new Set<JournalEntry['kind']>(['started', 'gathered']);

/**
 * Follows a workflow with the pure engine alone: what each step does is taken from the journal of an earlier run. It
 * must want the same steps, each as often, and come to the same end.
 *
 * @returns how it ended, and what of the journal it never wanted
 * @throws Error when the engine wants a step that was never done
 */
export function runByEngine(
  definition: WorkflowDefinition,
  triggerId: string,
  journal: readonly JournalEntry[],
): RunEnd & { readonly left: readonly JournalEntry[] } {
  const state = emptyRunState(planOf(definition, triggerId));
  const left = journal.filter((entry) => !PREPARING.has(entry.kind));
  const running = new Set<string>();
  for (;;) {
    const decision = decide(state, Number.MAX_SAFE_INTEGER);
    if (decision.kind === 'finish') return { status: decision.status, error: decision.error, left };
    for (const path of decision.kind === 'execute' ? decision.paths : []) {
      if (state.steps.get(path)?.loop) setPhase(state, path, 'running');
      else takeStep(state, path);
      running.add(path);
    }
    const at = left.findIndex((entry) => running.has(pathOf(entry, triggerId)));
    const [entry] = at < 0 ? [] : left.splice(at, 1);
    if (!entry) throw new Error(`The engine wants ${[...running].join(', ')}, which was not done.`);
    running.delete(pathOf(entry, triggerId));
    apply(state, entry);
  }
}

/** The step that an entry is about; what ends the run without one is about its trigger. */
function pathOf(entry: JournalEntry, triggerId: string): string {
  if (entry.kind === 'stopped') return entry.path ?? entry.stepId;
  return 'path' in entry ? entry.path : triggerId;
}
