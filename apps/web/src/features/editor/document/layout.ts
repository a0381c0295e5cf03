import type { WorkflowEdge } from '@hookloom/contracts';
import { findStep, positionsOf, type Draft, type Point, type Positions } from './draft.js';
import { flowOf, SNAP, STEP_HEIGHT, STEP_WIDTH } from './flow.js';
import { reachableFrom } from './graph.js';
import { layoutTask, snapped, tidyPositions } from './tidy-positions.js';

interface LaidOut {
  readonly ids: string;
  readonly stored: Positions;
  readonly positions: Positions;
}
/** By the edges: a change of a setting leaves them as they are, and the picture with them. */
const known = new WeakMap<readonly WorkflowEdge[], LaidOut>();

/** Where every step stands: as the document says, the rest laid out by itself. */
export function allPositions(draft: Draft): Positions {
  const { definition } = draft;
  const stored = positionsOf(draft);
  const missing = definition.steps.filter(({ id }) => stored[id] === undefined);
  if (missing.length === 0) return stored;
  const ids = definition.steps.map(({ id }) => id).join(' ');
  const before = known.get(definition.edges);
  if (before?.ids === ids && before.stored === stored) return before.positions;
  const flow = flowOf(draft);
  const made = tidyPositions(layoutTask(draft));
  const taken = definition.steps.flatMap(({ id }) => stored[id] ?? []);
  const beyond = Math.max(0, ...taken.map((place) => flow.along(place) + flow.next));
  const positions: Record<string, Point> = { ...stored };
  for (const { id } of missing) {
    const place = made[id] ?? { x: 0, y: 0 };
    positions[id] = flow.at(flow.along(place) + beyond, flow.across(place));
  }
  known.set(definition.edges, { ids, stored, positions });
  return positions;
}

/** The first place from `wanted` to the side where a card covers no other. */
export function freePlace(draft: Draft, positions: Positions, wanted: Point): Point {
  const { along, across, at, lane } = flowOf(draft);
  const taken = Object.values(positions);
  let place = snapped(wanted);
  const covers = (other: Point) =>
    Math.abs(other.x - place.x) < STEP_WIDTH + SNAP && Math.abs(other.y - place.y) < STEP_HEIGHT + SNAP;
  while (taken.some(covers)) place = at(along(place), across(place) + lane);
  return place;
}

/** Moves everything that follows `from` on until nothing of it stands before `begin`. */
export function makeRoom(draft: Draft, positions: Positions, from: string, begin: number): Positions {
  const { along, across, at } = flowOf(draft);
  const after = [...reachableFrom(draft, from)].filter((id) => id !== from && findStep(draft, id));
  const places = after.flatMap((id) => positions[id] ?? []);
  const lacking = begin - Math.min(...places.map(along));
  if (places.length === 0 || lacking <= 0) return positions;
  const moved = after.flatMap((id) => {
    const place = positions[id];
    return place ? [[id, at(along(place) + lacking, across(place))] as const] : [];
  });
  return { ...positions, ...Object.fromEntries(moved) };
}
