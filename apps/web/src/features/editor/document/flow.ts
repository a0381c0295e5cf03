import type { Draft, Point } from './draft.js';

/** Where a workflow runs to on its canvas. */
export type Direction = 'down' | 'right';

export const STEP_WIDTH = 248;
export const STEP_HEIGHT = 64;
/** Everything on the canvas snaps to this grid. */
export const SNAP = 8;

/** The measures of one direction: along the way the workflow runs, and across it. */
export interface Flow {
  readonly direction: Direction;
  /** From a step to the one after it, begin to begin. */
  readonly next: number;
  /** What the pills of a step with branches need beyond it. */
  readonly pills: number;
  /** From one branch to the one beside it. */
  readonly lane: number;
  along(point: Point): number;
  across(point: Point): number;
  at(along: number, across: number): Point;
}

const DOWN: Flow = {
  direction: 'down',
  next: STEP_HEIGHT + 48,
  pills: 32,
  lane: STEP_WIDTH + 48,
  along: ({ y }) => y,
  across: ({ x }) => x,
  at: (along, across) => ({ x: across, y: along }),
};
const RIGHT: Flow = {
  direction: 'right',
  next: STEP_WIDTH + 72,
  pills: 96,
  lane: STEP_HEIGHT + 56,
  along: ({ x }) => x,
  across: ({ y }) => y,
  at: (along, across) => ({ x: along, y: across }),
};

export function flowOf(draft: Draft): Flow {
  return draft.definition.layout?.direction === 'right' ? RIGHT : DOWN;
}

export function flowTo(direction: Direction): Flow {
  return direction === 'right' ? RIGHT : DOWN;
}
