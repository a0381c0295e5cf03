import { Graph, layout } from '@dagrejs/dagre';
import type { WorkflowDefinition, WorkflowEdge } from '@hookloom/contracts';
import {
  findStep,
  handleOf,
  PLAIN_HANDLE,
  positionsOf,
  type Draft,
  type Point,
  type Positions,
} from './draft.js';
import { groupBy } from '../group-by.js';
import { reachableFrom } from './graph.js';

export const STEP_WIDTH = 248;
export const STEP_HEIGHT = 64;
/** From one step's top to the next one's: the card and the gap below it. */
export const ROW = STEP_HEIGHT + 48;
/** What the pills of a step with branches need below it. */
export const PILLS = 32;
/** From one lane's left to the next one's. */
export const LANE = STEP_WIDTH + 48;
/** Everything on the canvas snaps to this grid. */
export const SNAP = 8;

export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / SNAP) * SNAP, y: Math.round(y / SNAP) * SNAP };
}

/**
 * Places every step: ways lead down, branches stand side by side by `order`. The same document gives the same
 * picture.
 */
export function tidyPositions(
  definition: WorkflowDefinition,
  order: (edge: WorkflowEdge) => number,
): Positions {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'TB',
    rankalign: 'top',
    nodesep: LANE - STEP_WIDTH,
    ranksep: ROW - STEP_HEIGHT,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const branching = new Set(
    definition.edges.filter((edge) => handleOf(edge) !== PLAIN_HANDLE).map((edge) => edge.source),
  );
  for (const { id } of definition.steps) {
    graph.setNode(id, { width: STEP_WIDTH, height: STEP_HEIGHT + (branching.has(id) ? PILLS : 0) });
  }
  for (const edge of definition.edges.toSorted((a, b) => order(a) - order(b))) {
    graph.setEdge(edge.source, edge.target, {}, handleOf(edge));
  }
  layout(graph, { constraints: sideBySide(definition, order) });
  return Object.fromEntries(
    definition.steps.map(({ id }) => {
      const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id);
      return [id, snapped({ x: x - width / 2, y: y - height / 2 })];
    }),
  );
}

/** Branches that begin in the same row keep the order of their handles. */
function sideBySide(
  definition: WorkflowDefinition,
  order: (edge: WorkflowEdge) => number,
): { readonly left: string; readonly right: string }[] {
  const groups = groupBy(definition.edges, ({ source }) => source);
  const into = groupBy(definition.edges, ({ target }) => target);
  return [...groups.values()].flatMap((edges) => {
    const heads = edges
      .toSorted((a, b) => order(a) - order(b))
      .map(({ target }) => target)
      .filter((target) => into.get(target)?.length === 1);
    return heads.slice(1).map((right, at) => ({ left: heads[at] ?? right, right }));
  });
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

/** Moves everything that follows `from` down until nothing of it stands above `top`. */
export function makeRoom(draft: Draft, positions: Positions, from: string, top: number): Positions {
  const after = [...reachableFrom(draft, from)].filter((id) => id !== from && findStep(draft, id));
  const highest = Math.min(...after.map((id) => positions[id]?.y ?? Infinity));
  const lacking = top - highest;
  if (!Number.isFinite(highest) || lacking <= 0) return positions;
  const moved = after.flatMap((id) => {
    const place = positions[id];
    return place ? [[id, { x: place.x, y: place.y + lacking }] as const] : [];
  });
  return { ...positions, ...Object.fromEntries(moved) };
}
