import type { StepResultView } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { compressedScale, stepDuration, waterfallOf } from './waterfall.js';

const at = (ms: number) => new Date(1_700_000_000_000 + ms).toISOString();
const NOW = 1_700_000_000_000 + 20_000;

function aStep(path: string, attempts: [number, number | undefined, boolean?][]): StepResultView {
  return {
    stepId: path,
    path,
    status: 'succeeded',
    startedAt: at(attempts[0]?.[0] ?? 0),
    attempts: attempts.map(([from, to, failed], index) => ({
      number: index + 1,
      status: failed ? 'failed' : 'succeeded',
      startedAt: at(from),
      ...(to === undefined ? {} : { finishedAt: at(to) }),
    })),
  };
}

describe('compressedScale', () => {
  it('keeps the order of moments and uses the whole width', () => {
    const scale = compressedScale([0, 4, 14_000]);
    expect(scale(0)).toBe(0);
    expect(scale(4)).toBeGreaterThan(0.1);
    expect(scale(14_000)).toBe(1);
  });
  it('puts everything at the start when nothing took time', () => {
    expect(compressedScale([5, 5])(5)).toBe(0);
  });
});

describe('waterfallOf', () => {
  it('shows the wait between two attempts with its real length', () => {
    const bars = waterfallOf(
      [
        aStep('a', [
          [0, 100, true],
          [2_100, 2_200],
        ]),
      ],
      NOW,
    ).get('a');
    expect(bars?.map(({ kind, isFailed, ms }) => [kind, isFailed, ms])).toEqual([
      ['attempt', true, 100],
      ['wait', false, 2_000],
      ['attempt', false, 100],
    ]);
  });
  it('lets what is under way end now', () => {
    expect(waterfallOf([aStep('a', [[0, undefined]])], NOW).get('a')?.[0]?.ms).toBe(20_000);
  });
});

describe('stepDuration', () => {
  it('counts from the first start, retries included', () => {
    const step = {
      ...aStep('a', [
        [0, 100, true],
        [2_100, 2_200],
      ]),
      finishedAt: at(2_200),
    };
    expect(stepDuration(step, NOW)).toBe(2_200);
  });
});
