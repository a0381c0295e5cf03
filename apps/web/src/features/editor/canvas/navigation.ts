import type { Draft, Point } from '../document/draft.js';
import { edgesInto, edgesOutOf } from '../document/graph.js';
import { allPositions } from '../document/layout.js';

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

export function isArrow(key: string): key is Arrow {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight';
}

/** How far an arrow moves steps: 8 px, with Shift 64. */
export function nudgeBy(arrow: Arrow, isFar: boolean): Point {
  const by = isFar ? 64 : 8;
  const x = arrow === 'ArrowLeft' ? -by : arrow === 'ArrowRight' ? by : 0;
  const y = arrow === 'ArrowUp' ? -by : arrow === 'ArrowDown' ? by : 0;
  return { x, y };
}

/** The step that an arrow leads to: down the next, up the one before, sideways the branch beside. */
export function stepTowards(draft: Draft, id: string, arrow: Arrow): string | undefined {
  const x = (step: string) => allPositions(draft)[step]?.x ?? 0;
  const nearest = (steps: readonly string[]) =>
    steps.toSorted((a, b) => Math.abs(x(a) - x(id)) - Math.abs(x(b) - x(id)))[0];
  if (arrow === 'ArrowDown') return edgesOutOf(draft, id)[0]?.target;
  if (arrow === 'ArrowUp') return nearest(edgesInto(draft, id).map(({ source }) => source));
  const siblings = edgesInto(draft, id).flatMap(({ source }) =>
    edgesOutOf(draft, source).map((edge) => edge.target),
  );
  const beside = siblings.length > 1 ? siblings : sameRow(draft, id);
  const isBeside = (step: string) => (arrow === 'ArrowLeft' ? x(step) < x(id) : x(step) > x(id));
  return nearest(beside.filter((step) => step !== id && isBeside(step)));
}

function sameRow(draft: Draft, id: string): string[] {
  const positions = allPositions(draft);
  const y = positions[id]?.y ?? 0;
  return Object.entries(positions).flatMap(([step, place]) => (Math.abs(place.y - y) < 64 ? [step] : []));
}
