import type { WorkflowEdge, WorkflowStep } from '@hookloom/contracts';
import {
  anEdge,
  edgeKey,
  findStep,
  handleOf,
  withDefinition,
  withPositions,
  type Draft,
  type Point,
  type StepFacts,
} from '../draft.js';
import { edgesOutOf, freeHandleOf } from '../graph.js';
import { allPositions, freePlace, LANE, makeRoom, PILLS, ROW } from '../layout.js';

/** Adds a step that is connected to nothing. */
export function addStep(draft: Draft, step: WorkflowStep, wanted?: Point): Draft {
  if (findStep(draft, step.id)) return draft;
  const positions = allPositions(draft);
  const bottom = Math.max(-ROW, ...Object.values(positions).map(({ y }) => y));
  const place = freePlace(positions, wanted ?? { x: 0, y: bottom + ROW });
  const steps = [...draft.definition.steps, step];
  return withPositions(withDefinition(draft, { steps }), { ...positions, [step.id]: place });
}

/**
 * Adds a step behind another one: at `handle`, or at the first handle that leads nowhere yet. Where every handle
 * leads somewhere the new step comes between.
 */
export function addStepAfter(
  draft: Draft,
  { step, after, handle }: { readonly step: WorkflowStep; readonly after: string; readonly handle?: string },
  facts: StepFacts,
): Draft {
  const from = findStep(draft, after);
  if (from === undefined || facts.isTrigger(step.type)) return addStep(draft, step);
  const handles = facts.handlesOf(from);
  const chosen = handle ?? freeHandleOf(draft, from, facts) ?? handles[0];
  if (chosen === undefined) return addStep(draft, step, below(draft, after, 0, ROW));
  const followers = edgesOutOf(draft, after, chosen);
  if (followers.length > 0) return insertStep(draft, { step, edges: followers }, facts);
  const side = (handles.indexOf(chosen) - (handles.length - 1) / 2) * LANE;
  const added = addStep(draft, step, below(draft, after, side, rowBelow(handles)));
  return withDefinition(added, { edges: [...added.definition.edges, anEdge(after, chosen, step.id)] });
}

function below(draft: Draft, id: string, side: number, row: number): Point {
  const { x, y } = allPositions(draft)[id] ?? { x: 0, y: 0 };
  return { x: x + side, y: y + row };
}

/** A step with branches needs room for their pills. */
function rowBelow(handles: readonly string[]): number {
  return handles.length > 1 ? ROW + PILLS : ROW;
}

/** Puts a step on edges that leave the same handle; both sides stay connected, and what follows makes room. */
export function insertStep(
  draft: Draft,
  { step, edges }: { readonly step: WorkflowStep; readonly edges: readonly WorkflowEdge[] },
  facts: StepFacts,
): Draft {
  const [first] = edges;
  if (first === undefined || facts.isTrigger(step.type) || findStep(draft, step.id)) return draft;
  const positions = allPositions(draft);
  const way = facts.handlesOf(step)[0];
  const replaced = new Set(edges.map(edgeKey));
  const rest = draft.definition.edges.filter((edge) => !replaced.has(edgeKey(edge)));
  const onward = way === undefined ? [] : edges.map((edge) => anEdge(step.id, way, edge.target));
  const connected = withDefinition(draft, {
    steps: [...draft.definition.steps, step],
    edges: [...rest, anEdge(first.source, handleOf(first), step.id), ...onward],
  });
  const target = positions[first.target];
  const source = positions[first.source];
  const sourceStep = findStep(draft, first.source);
  const place = {
    x: edges.length === 1 && target ? target.x : (source?.x ?? 0),
    y: (source?.y ?? 0) + rowBelow(sourceStep ? facts.handlesOf(sourceStep) : []),
  };
  const top = place.y + rowBelow(facts.handlesOf(step));
  const roomy = makeRoom(connected, { ...positions, [step.id]: place }, step.id, top);
  const others = Object.fromEntries(Object.entries(roomy).filter(([id]) => id !== step.id));
  return withPositions(connected, { ...roomy, [step.id]: freePlace(others, place) });
}
