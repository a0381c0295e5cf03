import type { WorkflowEdge } from '@hookloom/contracts';
import {
  findStep,
  PLAIN_HANDLE,
  withPositions,
  type Draft,
  type Point,
  type Positions,
  type StepFacts,
} from '../draft.js';
import { allPositions, snapped, tidyPositions } from '../layout.js';

/** Puts steps where they were dragged to. */
export function moveSteps(draft: Draft, places: Positions): Draft {
  const positions = allPositions(draft);
  const moved = Object.entries(places).filter(([id, place]) => {
    const before = positions[id];
    return before !== undefined && (before.x !== place.x || before.y !== place.y);
  });
  return moved.length === 0 ? draft : withPositions(draft, { ...positions, ...Object.fromEntries(moved) });
}

/** Moves steps by a distance, as the arrow keys do. */
export function nudgeSteps(draft: Draft, ids: Iterable<string>, by: Point): Draft {
  const positions = allPositions(draft);
  const places = [...ids].flatMap((id) => {
    const place = positions[id];
    return place ? [[id, { x: place.x + by.x, y: place.y + by.y }] as const] : [];
  });
  return moveSteps(draft, Object.fromEntries(places));
}

/** Lays all steps out anew; the picture's top left stays where it was. */
export function tidy(draft: Draft, facts: StepFacts): Draft {
  const order = ({ source, sourceHandle }: WorkflowEdge) => {
    const step = findStep(draft, source);
    return step ? facts.handlesOf(step).indexOf(sourceHandle ?? PLAIN_HANDLE) : 0;
  };
  const before = Object.values(allPositions(draft));
  const after = tidyPositions(draft.definition, order);
  const dx = leftOf(before) - leftOf(Object.values(after));
  const dy = topOf(before) - topOf(Object.values(after));
  const places = Object.entries(after).map(([id, { x, y }]) => [id, snapped({ x: x + dx, y: y + dy })]);
  return moveSteps(draft, Object.fromEntries(places));
}

const leftOf = (points: readonly Point[]) =>
  points.length === 0 ? 0 : Math.min(...points.map(({ x }) => x));
const topOf = (points: readonly Point[]) => (points.length === 0 ? 0 : Math.min(...points.map(({ y }) => y)));
