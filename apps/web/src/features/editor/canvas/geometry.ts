import type { Point, Positions } from '../document/draft.js';
import { STEP_HEIGHT, STEP_WIDTH } from '../document/flow.js';
import type { Size, View } from './viewport.js';

/** A part of the canvas, in its own pixels at 100 %. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function rectOfStep({ x, y }: Point): Rect {
  return { left: x, top: y, right: x + STEP_WIDTH, bottom: y + STEP_HEIGHT };
}

/** The smallest part that holds all of them; `undefined`: there are none. */
export function rectAround(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined;
  return {
    left: Math.min(...rects.map(({ left }) => left)),
    top: Math.min(...rects.map(({ top }) => top)),
    right: Math.max(...rects.map(({ right }) => right)),
    bottom: Math.max(...rects.map(({ bottom }) => bottom)),
  };
}

export function meets(one: Rect, other: Rect): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** The canvas is cut into squares of this size: what is drawn changes only when the view reaches another one. */
const CELL = 320;

/** What is drawn for a view: the view and what lies close around it. */
export function drawnRect({ x, y, zoom }: View, { width, height }: Size): Rect {
  const down = (at: number) => (Math.floor(at / CELL) - 1) * CELL;
  const up = (at: number) => (Math.ceil(at / CELL) + 1) * CELL;
  return {
    left: down(-x / zoom),
    top: down(-y / zoom),
    right: up((width - x) / zoom),
    bottom: up((height - y) / zoom),
  };
}

export function isSameRect(one: Rect, other: Rect): boolean {
  return (
    one.left === other.left &&
    one.top === other.top &&
    one.right === other.right &&
    one.bottom === other.bottom
  );
}

/** The steps that are drawn: those within, and the ends of every line that passes through. */
export function drawnSteps(
  positions: Positions,
  lines: readonly { readonly source: string; readonly target: string }[],
  within: Rect,
): Set<string> {
  const drawn = new Set<string>();
  for (const [id, place] of Object.entries(positions)) if (meets(rectOfStep(place), within)) drawn.add(id);
  for (const { source, target } of lines) {
    const from = positions[source];
    const to = positions[target];
    if (!from || !to || (drawn.has(source) && drawn.has(target))) continue;
    const around = rectAround([rectOfStep(from), rectOfStep(to)]);
    if (around && meets(around, within)) drawn.add(source).add(target);
  }
  return drawn;
}
