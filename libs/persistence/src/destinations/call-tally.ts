import type { Destination } from '@hookloom/runner';

/** How the calls of one destination went since the last look. */
export interface Tally extends Destination {
  calls: number;
  failed: number;
  /** Failures after the last success. */
  inRow: number;
  problem: string | undefined;
}

export function keyOf({ projectId, host }: Destination): string {
  return `${projectId}/${host}`;
}

/** Counts calls by destination in memory. */
export class CallTally {
  private tallies = new Map<string, Tally>();

  note(destination: Destination, problem: string | undefined): void {
    const key = keyOf(destination);
    const tally = this.tallies.get(key) ?? {
      ...destination,
      calls: 0,
      failed: 0,
      inRow: 0,
      problem: undefined,
    };
    this.tallies.set(key, tally);
    tally.calls += 1;
    tally.inRow = problem === undefined ? 0 : tally.inRow + 1;
    if (problem === undefined) return;
    tally.failed += 1;
    tally.problem = problem;
  }

  /** All so far, which begin anew. */
  take(): readonly Tally[] {
    const taken = [...this.tallies.values()];
    this.tallies = new Map();
    return taken;
  }
}
