import type { StepResultView } from '@hookloom/contracts';

/** A stretch of the waterfall, from 0 to 1 of its width. */
export interface Bar {
  readonly kind: 'attempt' | 'wait';
  readonly isFailed: boolean;
  readonly from: number;
  readonly to: number;
  /** How long it really took, in milliseconds. */
  readonly ms: number;
}

/** Where a moment (epoch milliseconds) stands, from 0 to 1. */
export type Scale = (time: number) => number;

interface Stretch {
  readonly kind: Bar['kind'];
  readonly isFailed: boolean;
  readonly from: number;
  readonly to: number;
}

/**
 * A scale on which 4 ms are seen beside 14 s: between two moments at which something began or ended, room
 * grows with the logarithm of the time. Order and side-by-side stay true; lengths are told in numbers.
 */
export function compressedScale(moments: readonly number[]): Scale {
  const sorted = [...new Set(moments)].sort((a, b) => a - b);
  const positions = new Map<number, number>();
  let sum = 0;
  for (const [at, moment] of sorted.entries()) {
    if (at > 0) sum += 1 + Math.log2(1 + moment - (sorted[at - 1] ?? moment));
    positions.set(moment, sum);
  }
  return (time) => (sum === 0 ? 0 : (positions.get(time) ?? 0) / sum);
}

/** The bars of each step by its path. `now` ends what is still under way. */
export function waterfallOf(
  steps: readonly StepResultView[],
  now: number,
): ReadonlyMap<string, readonly Bar[]> {
  const stretches = new Map(steps.map((step) => [step.path, stretchesOf(step, now)]));
  const scale = compressedScale([...stretches.values()].flat().flatMap(({ from, to }) => [from, to]));
  return new Map(
    [...stretches].map(([path, list]) => [
      path,
      list.map((each) => ({ ...each, from: scale(each.from), to: scale(each.to), ms: each.to - each.from })),
    ]),
  );
}

/** From the first attempt's start to the last one's end, in milliseconds; `undefined` before it started. */
export function stepDuration(step: StepResultView, now: number): number | undefined {
  if (step.startedAt === undefined) return undefined;
  return (step.finishedAt === undefined ? now : Date.parse(step.finishedAt)) - Date.parse(step.startedAt);
}

function stretchesOf(step: StepResultView, now: number): Stretch[] {
  return step.attempts.flatMap((attempt, at) => {
    const from = Date.parse(attempt.startedAt);
    const to = attempt.finishedAt === undefined ? Math.max(now, from) : Date.parse(attempt.finishedAt);
    const bar: Stretch = { kind: 'attempt', isFailed: attempt.status === 'failed', from, to };
    const next =
      step.attempts[at + 1]?.startedAt ?? (at === step.attempts.length - 1 ? attempt.retryAt : undefined);
    const until = next === undefined ? to : Date.parse(next);
    return until > to ? [bar, { kind: 'wait', isFailed: false, from: to, to: until }] : [bar];
  });
}
