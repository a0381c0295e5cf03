import { WorkflowDefinition } from '@hookloom/contracts';
import { planOf, planOfOne, type Plan } from '@hookloom/engine';
import type { RunOriginRow, RunRow } from '@hookloom/persistence';

/** The plan that a run followed; `undefined` when its definition is gone. */
export function planOfRun(run: RunRow, origin: RunOriginRow): Plan | undefined {
  if (origin.definition === null) return undefined;
  const definition = WorkflowDefinition.parse(JSON.parse(origin.definition));
  return run.onlyStep === null ? planOf(definition, run.triggerStep) : planOfOne(definition, run.onlyStep);
}
