import { Graph, layout } from '@dagrejs/dagre';
import type { WorkflowDefinition } from '@hookloom/contracts';
import { findStep, handleOf, positionsOf, type Draft, type Point, type Positions } from './draft.js';
import { reachableFrom } from './graph.js';

export const STEP_WIDTH = 248;
export const STEP_HEIGHT = 64;
/** From one step's top to the next one's: the card and the gap below it. */
export const ROW = STEP_HEIGHT + 48;
/** From one lane's left to the next one's. */
export const LANE = STEP_WIDTH + 48;
/** Everything on the canvas snaps to this grid. */
export const SNAP = 8;

export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / SNAP) * SNAP, y: Math.round(y / SNAP) * SNAP };
}

/**
 * Places every step: ways lead down, branches stand side by side in the order of their handles. The same
 * document gives the same picture.
 */
export function tidyPositions(definition: WorkflowDefinition, order: (handle: string) => number): Positions {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: LANE - STEP_WIDTH, ranksep: ROW - STEP_HEIGHT });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of definition.steps) graph.setNode(id, { width: STEP_WIDTH, height: STEP_HEIGHT });
  const edges = definition.edges.toSorted((a, b) => order(handleOf(a)) - order(handleOf(b)));
  for (const edge of edges) graph.setEdge(edge.source, edge.target, {}, handleOf(edge));
  layout(graph);
  return Object.fromEntries(
    definition.steps.map(({ id }) => {
      const { x = 0, y = 0 } = graph.node(id);
      return [id, snapped({ x: x - STEP_WIDTH / 2, y: y - STEP_HEIGHT / 2 })];
    }),
  );
}

const known = new WeakMap<WorkflowDefinition, Positions>();

/** Where every step stands: as the document says, the rest laid out by itself. */
export function allPositions(draft: Draft): Positions {
  const { definition } = draft;
  const stored = positionsOf(draft);
  const missing = definition.steps.filter(({ id }) => stored[id] === undefined);
  if (missing.length === 0) return stored;
  const before = known.get(definition);
  if (before) return before;
  const made = tidyPositions(definition, () => 0);
  const below = Math.max(
    0,
    ...definition.steps.flatMap(({ id }) => (stored[id] ? [stored[id].y + ROW] : [])),
  );
  const placed: Record<string, Point> = { ...stored };
  for (const { id } of missing) {
    const { x, y } = made[id] ?? { x: 0, y: 0 };
    placed[id] = { x, y: y + below };
  }
  known.set(definition, placed);
  return placed;
}

/** The first place from `wanted` to the right where a card covers no other. */
export function freePlace(positions: Positions, wanted: Point): Point {
  const taken = Object.values(positions);
  let place = snapped(wanted);
  const covers = (other: Point) =>
    Math.abs(other.x - place.x) < STEP_WIDTH + SNAP && Math.abs(other.y - place.y) < STEP_HEIGHT + SNAP;
  while (taken.some(covers)) place = { x: place.x + LANE, y: place.y };
  return place;
}

/** Moves everything that follows `from` down until there is a row of room below it. */
export function makeRoom(draft: Draft, positions: Positions, from: string, at: Point): Positions {
  const after = [...reachableFrom(draft, from)].filter((id) => id !== from && findStep(draft, id));
  const highest = Math.min(...after.map((id) => positions[id]?.y ?? Infinity));
  const lacking = at.y + ROW - highest;
  if (!Number.isFinite(highest) || lacking <= 0) return positions;
  const moved = after.flatMap((id) => {
    const place = positions[id];
    return place ? [[id, { x: place.x, y: place.y + lacking }] as const] : [];
  });
  return { ...positions, ...Object.fromEntries(moved) };
}
