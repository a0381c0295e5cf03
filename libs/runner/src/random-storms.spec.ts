import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CALM, weather, type Seen, type Weather } from '../test/storm.js';
import { stormGraph, type StormGraph } from '../test/storm-graph.js';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** What must be the same in all weathers. Once a step was refused, others beside it may have begun or not. */
function told({ status, steps, answers }: Seen, { refuses }: StormGraph) {
  return refuses ? { status } : { status, steps: [...steps].toSorted(), answers };
}

async function sameAsWhenCalm(graph: StormGraph, seed: number, how: Weather): Promise<Seen> {
  const calm = await weather(graph, seed, CALM);
  vi.clearAllTimers();
  const seen = await weather(graph, seed, how);
  vi.clearAllTimers();
  expect(told(seen, graph)).toEqual(told(calm, graph));
  return seen;
}

/** Enough to find each fault that was found this way, in seconds; `STORMS=3000` looks for new ones. */
const RUNS = Number(process.env['STORMS'] ?? 70);

function inAll(how: Weather, check: (seen: Seen) => void = () => undefined): Promise<void> {
  const inOne = fc.asyncProperty(stormGraph, fc.integer(), async (graph, seed) => {
    check(await sameAsWhenCalm(graph, seed, how));
  });
  return fc.assert(inOne, { numRuns: RUNS, endOnFailure: true });
}

describe('any workflow', { timeout: 60_000 + RUNS * 1_000 }, () => {
  it('has each effect once and ends as it should while the database fails and workers drain', async () => {
    await inAll({ failing: 0.2, slowMs: 3_000, ends: ['drained', 'hurried'] }, ({ effects }) => {
      expect([...effects].filter(([, times]) => times !== 1)).toEqual([]);
    });
  });

  it('does nothing again that is on disk while workers are killed and lose their leases', async () => {
    await inAll({ failing: 0.1, slowMs: 3_000, ends: ['killed', 'lost', 'drained', 'hurried'] });
  });
});
