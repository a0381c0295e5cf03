import type { Point } from '../document/draft.js';
import { STEP_HEIGHT, STEP_WIDTH, type Direction } from '../document/flow.js';

/** Where the canvas stands: pixels on the screen = position × zoom + offset. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What lies over the canvas's edges: the switch at the top, tools and minimap at the bottom, the plus below a step. */
const EDGES = { top: 80, right: 32, bottom: 136, left: 32 };
const PLUS = 56;
const MOST_ZOOM = 1;

/** The view that shows all steps, at their own size where they fit; a short workflow begins at the top. */
export function viewOfAll(
  steps: readonly Point[],
  screen: Size,
  leastZoom: number,
  direction: Direction = 'down',
): View {
  if (steps.length === 0) return { x: screen.width / 2, y: EDGES.top, zoom: 1 };
  const left = Math.min(...steps.map(({ x }) => x));
  const right = Math.max(...steps.map(({ x }) => x)) + STEP_WIDTH + (direction === 'right' ? PLUS : 0);
  const top = Math.min(...steps.map(({ y }) => y));
  const bottom = Math.max(...steps.map(({ y }) => y)) + STEP_HEIGHT + PLUS;
  const room = {
    width: Math.max(1, screen.width - EDGES.left - EDGES.right),
    height: Math.max(1, screen.height - EDGES.top - EDGES.bottom),
  };
  const fitting = Math.min(room.width / (right - left), room.height / (bottom - top), MOST_ZOOM);
  const zoom = Math.max(leastZoom, fitting);
  return {
    x: EDGES.left + (room.width - (left + right) * zoom) / 2,
    y: EDGES.top - top * zoom,
    zoom,
  };
}

/** Smaller than this, cards cannot be read. */
const READABLE = 0.5;

/** The view that a workflow opens with: all of it where that can be read, else its beginning at its own size. */
export function firstView(steps: readonly Point[], screen: Size): View {
  const all = viewOfAll(steps, screen, 0);
  const [first] = steps;
  if (first === undefined || all.zoom >= READABLE) return all;
  return { x: (screen.width - STEP_WIDTH) / 2 - first.x, y: EDGES.top - first.y, zoom: 1 };
}

/** The view that shows a step, moved no further than needed; the same one where the step is shown already. */
export function viewWith(step: Point, view: View, screen: Size): View {
  const x = shift(
    step.x * view.zoom + view.x,
    STEP_WIDTH * view.zoom,
    EDGES.left,
    screen.width - EDGES.right,
  );
  const height = (STEP_HEIGHT + PLUS) * view.zoom;
  const y = shift(step.y * view.zoom + view.y, height, EDGES.top, screen.height - EDGES.bottom);
  return x === 0 && y === 0 ? view : { ...view, x: view.x + x, y: view.y + y };
}

/** The view with a step in its middle, as near as it was, but never too far away to read. */
export function viewAround(step: Point, view: View, screen: Size): View {
  const zoom = Math.max(view.zoom, READABLE);
  return {
    x: screen.width / 2 - (step.x + STEP_WIDTH / 2) * zoom,
    y: screen.height / 2 - (step.y + STEP_HEIGHT / 2) * zoom,
    zoom,
  };
}

function shift(at: number, length: number, from: number, to: number): number {
  if (at < from) return from - at;
  return at + length > to + 1 ? Math.max(to - at - length, from - at) : 0;
}
