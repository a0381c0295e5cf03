import type { RunError } from '@hookloom/contracts';
import type { ClaimedRun, LaneEntry, LaneOutcome } from '@hookloom/runner';
import type pg from 'pg';
import type { DatabaseClock } from '../database/clock.js';
import { inTransaction } from '../database/in-transaction.js';
import * as sql from './lanes.sql.js';

/** One lane of a workflow. */
export interface Lane {
  readonly workflowId: string;
  readonly key: string;
}

interface LaneRow {
  readonly early: boolean;
  readonly taken: number;
  readonly before: number;
  readonly newer: number;
}

/** Why a run ends when a newer one of its lane takes its place. */
export function supersededError(key: string): RunError {
  const message = `A newer run of the lane "${key}" took the place of this one before it began.`;
  return { code: 'superseded', message };
}

/** While an older run is about to name its lane: it takes milliseconds. */
const EARLY_PAUSES_MS = [2, 5, 10, 20, 50, 100, 200, 400];

/** Lets runs of one key wait for one another. All that decides is in the rows, so a worker may die at any point. */
export class Lanes {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Pick<DatabaseClock, 'now'>,
  ) {}

  /** @returns false: the run is not this owner's any more */
  async enter(run: ClaimedRun, owner: string, lane: LaneEntry): Promise<LaneOutcome | false> {
    const mine = [run.id, run.fence, owner];
    const keyed = await this.pool.query(sql.TAKE_KEY, [...mine, lane.key, lane.concurrency]);
    if (keyed.rowCount !== 1) return false;
    for (const pauseMs of EARLY_PAUSES_MS) {
      const outcome = await inTransaction(this.pool, (client) => this.decide(client, run, mine, lane));
      if (outcome !== 'early') return outcome;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    return { kind: 'later' };
  }

  private async decide(
    client: pg.PoolClient,
    run: ClaimedRun,
    mine: readonly unknown[],
    lane: LaneEntry,
  ): Promise<LaneOutcome | 'early' | false> {
    await client.query(sql.LOCK_LANE, [run.workflowId, lane.key]);
    const looked = await client.query<LaneRow>(sql.LOOK_AT_LANE, [run.id, run.workflowId, lane.key]);
    const others = looked.rows[0];
    if (!others || others.early) return 'early';
    if (lane.keepsNewest && others.newer > 0) return { kind: 'superseded', error: supersededError(lane.key) };
    const skipped = lane.keepsNewest ? await skipOlder(client, run, lane.key) : [];
    const isFree = others.taken < lane.concurrency && others.before <= skipped.length;
    const isQuiet = run.createdAt.getTime() + lane.quietSeconds * 1_000 <= this.clock.now();
    const kind = isFree && isQuiet ? 'entered' : 'waits';
    const changed =
      kind === 'entered'
        ? await client.query(sql.ENTER_LANE, [...mine])
        : await client.query(sql.WAIT_IN_LANE, [...mine, lane.quietSeconds]);
    return changed.rowCount === 1 && { kind, skipped };
  }

  /** A place became free: the next runs of the lane become due. @returns how many */
  async promote({ workflowId, key }: Lane): Promise<number> {
    return inTransaction(this.pool, async (client) => {
      await client.query(sql.LOCK_LANE, [workflowId, key]);
      return (await client.query(sql.PROMOTE, [workflowId, key])).rowCount ?? 0;
    });
  }

  /** Looks after up to `limit` lanes whose next run nobody called. @returns runs that became due */
  async promoteForgotten(limit: number): Promise<number> {
    const { rows } = await this.pool.query<Lane>(sql.FIND_OPEN_LANES, [limit]);
    let promoted = 0;
    for (const lane of rows) promoted += await this.promote(lane);
    return promoted;
  }
}

async function skipOlder(client: pg.PoolClient, run: ClaimedRun, key: string): Promise<string[]> {
  const values = [run.id, run.workflowId, key, JSON.stringify(supersededError(key))];
  const { rows } = await client.query<{ id: string }>(sql.SKIP_OLDER, values);
  return rows.map(({ id }) => id);
}
