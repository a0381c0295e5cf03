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
import { flowOf } from '../flow.js';
import { edgesOutOf, freeHandleOf } from '../graph.js';
import { allPositions, freePlace, makeRoom } from '../layout.js';

/** Adds a step that is connected to nothing. */
export function addStep(draft: Draft, step: WorkflowStep, wanted?: Point): Draft {
  if (findStep(draft, step.id)) return draft;
  const positions = allPositions(draft);
  const { along, at, next } = flowOf(draft);
  const last = Math.max(-next, ...Object.values(positions).map(along));
  const place = freePlace(draft, positions, wanted ?? at(last + next, 0));
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
  if (chosen === undefined) return addStep(draft, step, beyond(draft, from, 0, facts));
  const followers = edgesOutOf(draft, after, chosen);
  if (followers.length > 0) return insertStep(draft, { step, edges: followers }, facts);
  const side = handles.indexOf(chosen) - (handles.length - 1) / 2;
  const added = addStep(draft, step, beyond(draft, from, side, facts));
  return withDefinition(added, { edges: [...added.definition.edges, anEdge(after, chosen, step.id)] });
}

/** The place after a step, some lanes to the side. */
function beyond(draft: Draft, from: WorkflowStep, side: number, facts: StepFacts): Point {
  const { along, across, at, lane } = flowOf(draft);
  const place = allPositions(draft)[from.id] ?? { x: 0, y: 0 };
  return at(along(place) + lengthOf(draft, from, facts), across(place) + side * lane);
}

/** How far the next step stands: one with branches needs room for their pills. */
function lengthOf(draft: Draft, step: WorkflowStep, facts: StepFacts): number {
  const { next, pills } = flowOf(draft);
  return facts.handlesOf(step).length > 1 ? next + pills : next;
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
  const { along, across, at } = flowOf(draft);
  const target = positions[first.target];
  const source = positions[first.source] ?? { x: 0, y: 0 };
  const from = findStep(draft, first.source);
  const place = at(
    along(source) + (from ? lengthOf(draft, from, facts) : 0),
    across(edges.length === 1 && target ? target : source),
  );
  const begin = along(place) + lengthOf(draft, step, facts);
  const roomy = makeRoom(connected, { ...positions, [step.id]: place }, step.id, begin);
  const others = Object.fromEntries(Object.entries(roomy).filter(([id]) => id !== step.id));
  return withPositions(connected, { ...roomy, [step.id]: freePlace(draft, others, place) });
}
