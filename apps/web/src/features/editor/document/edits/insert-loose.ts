import type { WorkflowEdge } from '@hookloom/contracts';
import { anEdge, edgeKey, findStep, handleOf, withDefinition, type Draft, type StepFacts } from '../draft.js';
import { edgesInto, edgesOutOf } from '../graph.js';

/** Whether a step is connected to nothing and may come between two others. */
export function isLoose(draft: Draft, id: string, facts: StepFacts): boolean {
  const step = findStep(draft, id);
  if (step === undefined || facts.isTrigger(step.type)) return false;
  return edgesInto(draft, id).length === 0 && edgesOutOf(draft, id).length === 0;
}

/** Leads an edge through a step that was connected to nothing; the same draft where that cannot be. */
export function insertLoose(draft: Draft, id: string, edge: WorkflowEdge, facts: StepFacts): Draft {
  const step = findStep(draft, id);
  const key = edgeKey(edge);
  const isThere = draft.definition.edges.some((each) => edgeKey(each) === key);
  if (step === undefined || !isThere || !isLoose(draft, id, facts)) return draft;
  const [way] = facts.handlesOf(step);
  const edges = draft.definition.edges.flatMap((each) => {
    if (edgeKey(each) !== key) return [each];
    const onward = way === undefined ? [] : [anEdge(id, way, edge.target)];
    return [anEdge(edge.source, handleOf(edge), id), ...onward];
  });
  return withDefinition(draft, { edges });
}
