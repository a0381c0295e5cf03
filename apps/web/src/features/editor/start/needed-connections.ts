import type { ConnectionView } from '@hookloom/contracts';
import type { CheckedWorkflow } from '../../../api/drafts.api.js';
import type { Catalog } from '../catalog/step-facts.js';

/** A connection that imported steps name. */
export interface NeededConnection {
  readonly key: string;
  /** Types that fit all steps which name it; empty where no step type says. */
  readonly types: readonly string[];
  readonly steps: readonly string[];
}

/** The connections that workflows name, each once, with what would fit. */
export function neededConnections(
  workflows: readonly Pick<CheckedWorkflow, 'definition'>[],
  catalog: Catalog,
): NeededConnection[] {
  const needed = new Map<string, { types: readonly string[]; steps: string[] }>();
  for (const step of workflows.flatMap(({ definition }) => definition.steps)) {
    const key = step.config['connection'];
    if (typeof key !== 'string' || key === '') continue;
    const types = catalog.get(step.type)?.connection?.types ?? [];
    const known = needed.get(key);
    const both = known ? known.types.filter((type) => types.includes(type)) : types;
    needed.set(key, { types: both, steps: [...(known?.steps ?? []), step.name ?? step.id] });
  }
  return [...needed].map(([key, { types, steps }]) => ({ key, types, steps }));
}

/** Those of the project that may stand in for a needed connection. */
export function fittingConnections(
  needed: NeededConnection,
  connections: readonly ConnectionView[],
): ConnectionView[] {
  return connections.filter(({ type }) => needed.types.includes(type));
}

/** The same workflow with other connections. @param chosen new keys by the old ones; what is left out stays */
export function withConnections<T extends Pick<CheckedWorkflow, 'definition'>>(
  workflow: T,
  chosen: ReadonlyMap<string, string>,
): T {
  const steps = workflow.definition.steps.map((step) => {
    const key = step.config['connection'];
    const other = typeof key === 'string' ? chosen.get(key) : undefined;
    return other === undefined ? step : { ...step, config: { ...step.config, connection: other } };
  });
  return { ...workflow, definition: { ...workflow.definition, steps } };
}
