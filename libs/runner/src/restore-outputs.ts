import { stepState, type RunState } from '@hookloom/engine';
import type { CompiledWorkflow } from './compiled-workflow.js';
import type { ClaimedRun, RunStore } from './ports.js';
import type { RunScope } from './run-scope.js';

/** Gives a run that goes on the outputs of the steps it has behind it. */
export async function restoreOutputs(
  store: RunStore,
  run: ClaimedRun,
  workflow: CompiledWorkflow,
  state: RunState,
  scope: RunScope,
): Promise<void> {
  for (const entry of run.journal) {
    if (entry.kind !== 'succeeded' || stepState(state, entry.path).phase !== 'succeeded') continue;
    const planned = workflow.plan.steps.get(entry.stepId);
    if (!planned) continue;
    if (entry.passes) scope.setPassed(planned);
    else if (entry.outputRef)
      scope.setOutput(entry.stepId, await store.loadValue(run.projectId, entry.outputRef.ref));
    else scope.setOutput(entry.stepId, JSON.stringify(entry.output ?? null));
  }
}
