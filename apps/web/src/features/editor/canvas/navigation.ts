import type { Draft, Point } from '../document/draft.js';
import type { Flow } from '../document/flow.js';
import { edgesInto, edgesOutOf } from '../document/graph.js';
import { allPositions } from '../document/layout.js';

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/** The arrow that a key is; `undefined`: none. */
export function arrowOf(key: string): Arrow | undefined {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight'
    ? key
    : undefined;
}

/** How far an arrow moves steps: 8 px, or 64. */
export function nudgeBy(arrow: Arrow, isFar: boolean): Point {
  const by = isFar ? 64 : 8;
  const x = arrow === 'ArrowLeft' ? -by : arrow === 'ArrowRight' ? by : 0;
  const y = arrow === 'ArrowUp' ? -by : arrow === 'ArrowDown' ? by : 0;
  return { x, y };
}

/** What an arrow means where the workflow runs down, and where it runs right. */
const MEANING = {
  down: { ArrowDown: 'next', ArrowUp: 'before', ArrowLeft: 'less', ArrowRight: 'more' },
  right: { ArrowRight: 'next', ArrowLeft: 'before', ArrowUp: 'less', ArrowDown: 'more' },
} as const;

/** The step that an arrow leads to: along the way the next or the one before, across it the branch beside. */
export function stepTowards(draft: Draft, id: string, arrow: Arrow, flow: Flow): string | undefined {
  const positions = allPositions(draft);
  const across = (step: string) => flow.across(positions[step] ?? { x: 0, y: 0 });
  const nearest = (steps: readonly string[]) =>
    steps.toSorted((a, b) => Math.abs(across(a) - across(id)) - Math.abs(across(b) - across(id)))[0];
  const meaning = MEANING[flow.direction][arrow];
  if (meaning === 'next') return edgesOutOf(draft, id)[0]?.target;
  if (meaning === 'before') return nearest(edgesInto(draft, id).map(({ source }) => source));
  const siblings = edgesInto(draft, id).flatMap(({ source }) =>
    edgesOutOf(draft, source).map((edge) => edge.target),
  );
  const beside = siblings.length > 1 ? siblings : sameRow(draft, id, flow);
  const isBeside = (step: string) =>
    meaning === 'less' ? across(step) < across(id) : across(step) > across(id);
  return nearest(beside.filter((step) => step !== id && isBeside(step)));
}

function sameRow(draft: Draft, id: string, { along }: Flow): string[] {
  const positions = allPositions(draft);
  const own = along(positions[id] ?? { x: 0, y: 0 });
  return Object.entries(positions).flatMap(([step, place]) =>
    Math.abs(along(place) - own) < 64 ? [step] : [],
  );
}
