import type { Point } from '../editor/document/draft.js';

const RADIUS = 12;

/** The line from the lower edge of a step to the upper edge of the next: down, across in the middle, down; as an SVG path. */
export function linePath(from: Point, to: Point): string {
  const across = to.x - from.x;
  if (Math.abs(across) < 1) return `M${from.x} ${from.y}V${to.y}`;
  const middle = (from.y + to.y) / 2;
  const radius = Math.min(RADIUS, Math.abs(across) / 2, Math.abs(to.y - from.y) / 2);
  const side = Math.sign(across);
  return [
    `M${from.x} ${from.y}`,
    `V${middle - radius}`,
    `Q${from.x} ${middle} ${from.x + side * radius} ${middle}`,
    `H${to.x - side * radius}`,
    `Q${to.x} ${middle} ${to.x} ${middle + radius}`,
    `V${to.y}`,
  ].join('');
}
