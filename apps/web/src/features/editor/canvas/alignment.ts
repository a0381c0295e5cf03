import type { Point, Positions } from '../document/draft.js';
import { STEP_HEIGHT, STEP_WIDTH, type Flow } from '../document/flow.js';

/** A line that shows what the dragged step is in line with. */
export interface Guide {
  readonly from: Point;
  readonly to: Point;
}

/** Closer than this counts as in line. */
const CLOSE = 4;
/** How near to a line the middle of a step must be to come between its ends. */
const DROP = 40;

export function middleOf({ x, y }: Point): Point {
  return { x: x + STEP_WIDTH / 2, y: y + STEP_HEIGHT / 2 };
}

/** The lines, at most one each way, through the steps that stand in line with a dragged one. */
export function guidesOf(dragged: Point, others: readonly Point[]): Guide[] {
  const middle = middleOf(dragged);
  const above = others.filter(({ x }) => Math.abs(x - dragged.x) <= CLOSE).map(middleOf);
  const beside = others.filter(({ y }) => Math.abs(y - dragged.y) <= CLOSE).map(middleOf);
  const guides: Guide[] = [];
  if (above.length > 0) {
    const ys = [middle, ...above].map(({ y }) => y);
    guides.push({ from: { x: middle.x, y: Math.min(...ys) }, to: { x: middle.x, y: Math.max(...ys) } });
  }
  if (beside.length > 0) {
    const xs = [middle, ...beside].map(({ x }) => x);
    guides.push({ from: { x: Math.min(...xs), y: middle.y }, to: { x: Math.max(...xs), y: middle.y } });
  }
  return guides;
}

/** The first line that passes close to the middle of a dragged step. */
export function lineUnder<Line extends { readonly source: string; readonly target: string }>(
  dragged: Point,
  lines: readonly Line[],
  positions: Positions,
  flow: Flow,
): Line | undefined {
  const middle = middleOf(dragged);
  return lines.find(({ source, target }) => {
    const from = positions[source];
    const to = positions[target];
    return from && to && distance(middle, exitOf(from, flow), entryOf(to, flow)) <= DROP;
  });
}

/** Where the line of a step's only way out begins. */
export function exitOf({ x, y }: Point, { direction }: Flow): Point {
  return direction === 'down'
    ? { x: x + STEP_WIDTH / 2, y: y + STEP_HEIGHT }
    : { x: x + STEP_WIDTH, y: y + STEP_HEIGHT / 2 };
}

/** Where lines into a step end. */
export function entryOf({ x, y }: Point, { direction }: Flow): Point {
  return direction === 'down' ? { x: x + STEP_WIDTH / 2, y } : { x, y: y + STEP_HEIGHT / 2 };
}

/** From a point to the nearest of a straight line's. */
function distance({ x, y }: Point, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / length;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from.x - at * dx, y - from.y - at * dy);
}
