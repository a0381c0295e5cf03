import type { WorkflowDefinition } from '@hookloom/contracts';
import { edgeKey } from '../document/draft.js';
import type { Changes } from '../publish/changes.js';

/** What a mark on the canvas says of a step or an edge. */
export type Mark = 'added' | 'removed' | 'changed';

/** A document to look at, with its differences to another one. */
export interface MarkedDocument {
  readonly definition: WorkflowDefinition;
  /** By step id. */
  readonly steps: ReadonlyMap<string, Mark>;
  /** By `edgeKey`. */
  readonly edges: ReadonlyMap<string, Mark>;
}

export function unmarked(definition: WorkflowDefinition): MarkedDocument {
  return { definition, steps: new Map(), edges: new Map() };
}

/** The second document with what the first one had besides: removed steps stand where they stood. */
export function markChanges(
  before: WorkflowDefinition,
  after: WorkflowDefinition,
  changes: Changes,
): MarkedDocument {
  const gone = changes.steps.filter(({ kind }) => kind === 'removed').map(({ step }) => step);
  const lost = changes.edges.filter(({ kind }) => kind === 'removed').map(({ edge }) => edge);
  const old = before.layout?.positions ?? {};
  const places = gone.flatMap(({ id }) => (old[id] ? [[id, old[id]] as const] : []));
  const positions = { ...Object.fromEntries(places), ...after.layout?.positions };
  return {
    definition: {
      ...after,
      steps: [...after.steps, ...gone],
      edges: [...after.edges, ...lost],
      layout: { ...after.layout, positions },
    },
    steps: new Map(changes.steps.map(({ kind, step }) => [step.id, kind])),
    edges: new Map(changes.edges.map(({ kind, edge }) => [edgeKey(edge), kind])),
  };
}
