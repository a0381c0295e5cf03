import {
  withDefinition,
  withPositions,
  type Draft,
  type Point,
  type Positions,
  type StepFacts,
} from '../draft.js';
import { flowOf, type Direction } from '../flow.js';
import { allPositions } from '../layout.js';
import { layoutTask, snapped, tidyPositions } from '../tidy-positions.js';

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

/**
 * Puts steps where a layout wants them; the top left of their picture stays where it was.
 *
 * @param layout of steps that are still there; others stay where they are
 */
export function placeTidily(draft: Draft, layout: Positions): Draft {
  const positions = allPositions(draft);
  const wanted = Object.entries(layout).filter(([id]) => positions[id] !== undefined);
  if (wanted.length === 0) return draft;
  const before = corner(wanted.flatMap(([id]) => positions[id] ?? []));
  const after = corner(wanted.map(([, place]) => place));
  const places = wanted.map(([id, { x, y }]) => [
    id,
    snapped({ x: x + before.x - after.x, y: y + before.y - after.y }),
  ]);
  return moveSteps(draft, Object.fromEntries(places));
}

/** Lays all steps out anew, or the steps of `only`. */
export function tidy(draft: Draft, facts: StepFacts, only?: ReadonlySet<string>): Draft {
  return placeTidily(draft, tidyPositions(layoutTask(draft, facts, only)));
}

/** Turns the workflow to run down or right, and lays it out anew. */
export function turn(draft: Draft, direction: Direction, facts: StepFacts): Draft {
  if (flowOf(draft).direction === direction) return draft;
  const layout = { ...draft.definition.layout, direction };
  return tidy(withDefinition(draft, { layout }), facts);
}

function corner(points: readonly Point[]): Point {
  return { x: Math.min(...points.map(({ x }) => x)), y: Math.min(...points.map(({ y }) => y)) };
}
