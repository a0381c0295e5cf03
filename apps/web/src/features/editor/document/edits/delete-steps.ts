import type { WorkflowEdge } from '@hookloom/contracts';
import {
  anEdge,
  findStep,
  handleOf,
  positionsOf,
  withDefinition,
  withPositions,
  type Draft,
  type StepFacts,
} from '../draft.js';
import { withGroupsPruned } from './groups.js';
import { edgesInto, edgesOutOf, refusalOf } from '../graph.js';

/**
 * Deletes steps and joins what was before each with what came after it. Of a step with branches only the first
 * that leads somewhere is joined: to run several side by side is never what deleting the question means.
 */
export function deleteSteps(draft: Draft, ids: Iterable<string>, facts: StepFacts): Draft {
  let result = draft;
  for (const id of ids) result = deleteStep(result, id, facts);
  return result === draft ? draft : withGroupsPruned(result);
}

function deleteStep(draft: Draft, id: string, facts: StepFacts): Draft {
  const step = findStep(draft, id);
  if (step === undefined) return draft;
  const handles = [...facts.handlesOf(step), ...edgesOutOf(draft, id).map(handleOf)];
  const way = handles.find((handle) => edgesOutOf(draft, id, handle).length > 0);
  const targets = way === undefined ? [] : edgesOutOf(draft, id, way).map(({ target }) => target);
  const joins = edgesInto(draft, id).flatMap((edge) =>
    targets.map((target) => anEdge(edge.source, handleOf(edge), target)),
  );
  const without = withDefinition(draft, {
    steps: draft.definition.steps.filter((each) => each !== step),
    edges: draft.definition.edges.filter(({ source, target }) => source !== id && target !== id),
  });
  return withoutPosition(
    joins.reduce((result, edge) => joined(result, edge, facts), without),
    id,
  );
}

function joined(draft: Draft, edge: WorkflowEdge, facts: StepFacts): Draft {
  if (refusalOf(draft, edge, facts) !== undefined) return draft;
  return withDefinition(draft, { edges: [...draft.definition.edges, edge] });
}

function withoutPosition(draft: Draft, id: string): Draft {
  const positions = positionsOf(draft);
  if (positions[id] === undefined) return draft;
  return withPositions(draft, Object.fromEntries(Object.entries(positions).filter(([each]) => each !== id)));
}
