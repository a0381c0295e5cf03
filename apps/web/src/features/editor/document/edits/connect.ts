import type { WorkflowEdge } from '@hookloom/contracts';
import { anEdge, edgeKey, handleOf, withDefinition, type Draft, type StepFacts } from '../draft.js';
import { refusalOf } from '../graph.js';

/** Leads from one step to another; the same draft where that would make the graph unsound. */
export function connect(draft: Draft, edge: WorkflowEdge, facts: StepFacts): Draft {
  const plain = anEdge(edge.source, handleOf(edge), edge.target);
  if (refusalOf(draft, plain, facts) !== undefined) return draft;
  return withDefinition(draft, { edges: [...draft.definition.edges, plain] });
}

export function disconnect(draft: Draft, edge: WorkflowEdge): Draft {
  const key = edgeKey(edge);
  const edges = draft.definition.edges.filter((each) => edgeKey(each) !== key);
  return edges.length === draft.definition.edges.length ? draft : withDefinition(draft, { edges });
}
