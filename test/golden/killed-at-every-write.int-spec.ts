import { createEvaluatorPool } from '@hookloom/expressions';
import type { Ownership, RunRelease, WrittenEntry } from '@hookloom/runner';
import { MemoryRunStore } from '@hookloom/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import buildChild from '../../libs/expressions/test/build-child.js';
import { goldenCases } from './golden-case.js';
import { runByRunner } from './run-by-runner.js';

/** A store whose worker is killed at one write: just before it is committed, or just after. */
class KilledStore extends MemoryRunStore {
  writes = 0;
  constructor(
    private readonly killedAt: number,
    private readonly when: 'before' | 'after',
  ) {
    super();
  }

  override append(run: Ownership, firstSeq: number, entries: readonly WrittenEntry[]): Promise<boolean> {
    return this.unlessKilled(run, () => super.append(run, firstSeq, entries));
  }

  override release(
    run: Ownership,
    firstSeq: number,
    entries: readonly WrittenEntry[],
    how: RunRelease,
  ): Promise<boolean> {
    return this.unlessKilled(run, () => super.release(run, firstSeq, entries, how));
  }

  private async unlessKilled(run: Ownership, commit: () => Promise<boolean>): Promise<boolean> {
    this.writes += 1;
    if (this.writes !== this.killedAt) return commit();
    if (this.when === 'before') this.crash(run.id);
    const isCommitted = await commit();
    if (this.when === 'after') this.crash(run.id);
    return isCommitted && false;
  }
}

beforeAll(buildChild);

describe('a worker that is killed at any journal write', () => {
  const evaluator = createEvaluatorPool();
  afterAll(() => evaluator.close());
  const golden = goldenCases().find(({ name }) => name === 'nine-steps-with-a-loop');
  if (!golden) throw new Error('The case is gone.');

  it.each(['before', 'after'] as const)(
    '%s its commit leaves the run to end as if nothing had been',
    async (when) => {
      const undisturbed = new KilledStore(Infinity, when);
      await runByRunner(golden, evaluator, undisturbed);
      expect(undisturbed.writes).toBeGreaterThan(4);
      for (let killedAt = 1; killedAt <= undisturbed.writes; killedAt += 1) {
        const { end, journal } = await runByRunner(golden, evaluator, new KilledStore(killedAt, when));
        expect({ status: end.status, steps: end.steps }).toEqual({
          status: golden.expected.status,
          steps: golden.expected.steps,
        });
        const done = journal.flatMap((entry) => (entry.kind === 'succeeded' ? [entry.path] : []));
        expect(new Set(done).size).toBe(done.length);
        // What was under way when it was killed may be repeated, with its key; nothing that was finished is.
        expect(end.requests.length - golden.expected.requests.length).toBeLessThanOrEqual(2);
      }
    },
  );
});
