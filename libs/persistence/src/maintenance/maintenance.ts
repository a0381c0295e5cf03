import type { RunError } from '@hookloom/contracts';
import type { DatabaseClock } from '../database/clock.js';
import { inTransaction } from '../database/in-transaction.js';
import { ensurePartition, lowestId, wantedPartitions } from '../database/partitions.js';
import type { Pools } from '../database/pools.js';
import { UNANSWERED } from '../runs/claimed-row.js';
import { encodeEntries } from '../runs/journal-bytes.js';
import { Lanes } from '../runs/lanes.js';
import {
  ANSWER_ORPHANS,
  CANCEL_CALLED,
  FORGET_ANSWERS,
  FORGET_EVENT_ANSWERS,
  REQUEST_CANCEL_CALLED,
} from '../runs/run-flow.sql.js';
import { startErrorRuns } from './error-runs.js';
import * as sql from './maintenance.sql.js';
import { selfAudit, type AuditFinding } from './self-audit.js';

/** A run that was in the hands of this many dead workers killed them itself. */
const DEATHS_OF_A_KILLER = 3;
const RECLAIM_BATCH = 500;
const PARTITION_LOCK = 0x70617274;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** No request is held so long: an endpoint may ask for five minutes. */
const LONGEST_HOLD_MS = 360_000;
/** A run waits this long at the most for one that it called. */
const LONGEST_CALL_MS = 366 * DAY_MS;
/** A run's id may be this much older than the commit that brings it, milliseconds. */
const LATE_ARRIVAL_MS = 300_000;

const KILLED_ITS_WORKERS: RunError = {
  code: 'worker_died',
  message:
    `The worker died ${DEATHS_OF_A_KILLER} times while it carried out this run, so the run was ended. ` +
    'Look for a step that takes very much memory or never returns, change it, then retry the run.',
};

export interface Reclaimed {
  /** Runs that go on. */
  readonly reclaimed: number;
  /** Runs that ended as failed. */
  readonly givenUp: number;
}

/**
 * What keeps the hot path clean. Every worker may call all of it at any time: rows that another one has at hand
 * are passed over. Each call is short; call it again while it answers that much was done.
 */
export class Maintenance {
  /** Epoch milliseconds; runs before have been looked at. */
  private holdFrom = 0;
  /** Workflows that were paused at the last look, with when each was changed. */
  private paused: ReadonlySet<string> = new Set();
  /** The same, of events. */
  private unansweredFrom = 0;

  constructor(
    private readonly pools: Pick<Pools, 'ui' | 'worker'>,
    private readonly clock: Pick<DatabaseClock, 'now'>,
  ) {}

  /** Takes runs back from workers whose lease is over. Every second or so. */
  async reclaimExpired(): Promise<Reclaimed> {
    const givenUp = await this.giveUp();
    const reclaimed = await this.pools.worker.query(sql.RECLAIM, [RECLAIM_BATCH, DEATHS_OF_A_KILLER]);
    return { reclaimed: reclaimed.rowCount ?? 0, givenUp };
  }

  private giveUp(): Promise<number> {
    return inTransaction(this.pools.worker, async (client) => {
      const values = [RECLAIM_BATCH, DEATHS_OF_A_KILLER, JSON.stringify(KILLED_ITS_WORKERS)];
      const { rows } = await client.query<{ id: string }>(sql.GIVE_UP, values);
      const ids = rows.map(({ id }) => id);
      await startErrorRuns(client, ids, KILLED_ITS_WORKERS);
      return ids.length;
    });
  }

  /** Lets up to `limit` held runs of workflows that are no longer paused go on; call it at the rate wanted. */
  releaseHeld(limit: number): Promise<number> {
    return this.count(sql.RELEASE_HELD, [limit, null]);
  }

  /** Removes up to `limit` held runs of workflows that are no longer live; their events become captured. */
  dropHeld(limit: number): Promise<number> {
    return this.count(sql.DROP_HELD, [limit, null]);
  }

  /**
   * Holds back up to `limit` runs of paused workflows that have not started, those too that were accepted while
   * somebody pressed pause. Once all is held it looks at new runs only, since a paused workflow may hold very many.
   */
  async holdPaused(limit: number): Promise<number> {
    const startedAt = this.clock.now();
    if (await this.isNewlyPaused()) this.holdFrom = 0;
    const held = await this.count(sql.HOLD_PAUSED, [limit, lowestId(this.holdFrom)]);
    if (held < limit) this.holdFrom = startedAt - LATE_ARRIVAL_MS;
    return held;
  }

  /**
   * Whether a workflow is paused that was not at the last look, or was changed since, as by a resume and another
   * pause: it may have runs of long ago.
   */
  private async isNewlyPaused(): Promise<boolean> {
    const text = `select id || ' ' || updated_at as pause from workflow where paused`;
    const { rows } = await this.pools.ui.query<{ pause: string }>(text);
    const known = this.paused;
    this.paused = new Set(rows.map(({ pause }) => pause));
    return rows.some(({ pause }) => !known.has(pause));
  }

  /** Calls the next runs of up to `limit` lanes that nobody called. @returns runs that became due */
  promoteForgotten(limit: number): Promise<number> {
    return new Lanes(this.pools.ui, this.clock).promoteForgotten(limit);
  }

  /** Forgets up to `limit` event keys whose window is over. */
  expireKeys(limit: number): Promise<number> {
    return this.count(sql.EXPIRE_KEYS, [limit]);
  }

  /** Ends the waits for up to `limit` called runs that ended in nobody's hands. @returns runs that go on */
  answerOrphans(limit: number): Promise<number> {
    const oldest = lowestId(this.clock.now() - LONGEST_CALL_MS);
    return this.count(ANSWER_ORPHANS, [limit, oldest]);
  }

  /**
   * Cancels up to `limit` runs whose caller was cancelled; those that a worker has end within ten seconds. What they
   * called in turn follows with the next calls. @returns runs that were ended or asked to
   */
  async cancelCalled(limit: number): Promise<number> {
    const at = Math.round(this.clock.now());
    const oldest = lowestId(at - LONGEST_CALL_MS);
    const entry = encodeEntries([{ entry: { kind: 'cancelled', at }, outputJson: undefined }]);
    const ended = await this.pools.ui.query(CANCEL_CALLED, [limit, oldest, entry]);
    const asked = await this.pools.ui.query(REQUEST_CANCEL_CALLED, [limit, oldest]);
    return (ended.rowCount ?? 0) + (asked.rowCount ?? 0);
  }

  /** Forgets up to `limit` answers of runs that are over, and as many to requests that nobody holds any more. */
  async forgetAnswers(limit: number): Promise<number> {
    return Math.max(
      await this.count(FORGET_ANSWERS, [limit]),
      await this.count(FORGET_EVENT_ANSWERS, [limit]),
    );
  }

  /**
   * Says of events that nobody can answer any more, since the server that held their requests died, that they were not
   * answered. Looks at each event once, from an hour ago on. @returns how many there were
   */
  async noteUnanswered(): Promise<number> {
    const until = this.clock.now() - LONGEST_HOLD_MS;
    const from = Math.max(this.unansweredFrom, until - HOUR_MS);
    this.unansweredFrom = until;
    const values = [UNANSWERED, lowestId(from), lowestId(until)];
    return (await this.pools.ui.query(sql.NOTE_UNANSWERED, values)).rowCount ?? 0;
  }

  /** Forgets logins that are over and counters of attempts whose window is over. */
  async forgetLogins(): Promise<void> {
    await this.pools.ui.query(sql.FORGET_SESSIONS);
    await this.pools.ui.query(sql.FORGET_THROTTLES);
  }

  /** Removes what dead workers left behind. */
  async forgetLeases(): Promise<void> {
    await this.pools.ui.query(sql.FORGET_LEASES);
  }

  /** Makes the partitions of today and the days ahead; returns the names of new ones. Every hour or so. */
  async makePartitions(): Promise<string[]> {
    const made: string[] = [];
    for (const partition of wantedPartitions(this.clock.now())) {
      const isNew = await inTransaction(this.pools.ui, async (client) => {
        const lock = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
          PARTITION_LOCK,
        ]);
        return lock.rows[0]?.mine === true && ensurePartition(client, partition);
      });
      if (isNew) made.push(partition.name);
    }
    return made;
  }

  /** Looks for what must never be, in the last `days` days. */
  selfAudit(days = 2): Promise<AuditFinding[]> {
    return selfAudit(this.pools.ui, lowestId(this.clock.now() - days * DAY_MS));
  }

  private async count(text: string, values: unknown[]): Promise<number> {
    const answer = await this.pools.ui.query<{ count: number }>(text, values);
    return answer.rows[0]?.count ?? 0;
  }
}
