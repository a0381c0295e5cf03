import type pg from 'pg';
import { inTransaction } from '../database/in-transaction.js';
import { lowestId } from '../database/partitions.js';
import { TOOK_LONG } from './survivors.sql.js';
import type { RetainedKind } from './rules.js';

/** What of one project is past its rule. */
export interface Expired {
  readonly projectId: string;
  readonly kind: RetainedKind;
  /** Epoch milliseconds; what came before is past the rule. */
  readonly cutoff: number;
}

/** Of the project's finished runs: $1 project, $2 id, $3 time. */
const EXPIRED_RUN = `project_id = $1 and id < $2 and not (${TOOK_LONG} and finished_at >= $3)
  and not exists (select from kept k where k.id = run.id)`;
/** Of its events: $1 project, $2 id. What unfinished runs and runs that outlived their day began with stays. */
const EXPIRED_EVENT = `project_id = $1 and id < $2
  and not exists (select from kept k where k.id = event.id)
  and not exists (select from kept k where k.event_id = event.id)
  and not exists (select from run_queue q where q.event_id = event.id)
  and not exists (select from run_default r where r.event_id = event.id)`;

/** What belongs to runs, by their ids in $1; values are not older than the oldest of them, $2. */
const OF_RUNS = [
  'delete from run_input where run_id = any($1::uuid[])',
  'delete from run_journal where run_id = any($1::uuid[])',
  'delete from run_link where parent_run_id = any($1::uuid[])',
];
const VALUES_OF_RUNS = 'delete from stored_value where run_id = any($1::uuid[]) and id >= $2';

/**
 * Deletes up to `limit` rows, oldest first: of a project whose rule is shorter than another's, and what has outlived
 * its day. Passes over what somebody has at hand. @returns how many
 */
export function deleteExpired(pool: pg.Pool, expired: Expired, limit: number): Promise<number> {
  return inTransaction(pool, async (client) => {
    const ids = await lockExpired(client, expired, limit);
    if (ids.length === 0) return 0;
    return expired.kind === 'run' ? deleteRuns(client, ids) : deleteEvents(client, expired, ids);
  });
}

async function lockExpired(client: pg.PoolClient, expired: Expired, limit: number): Promise<string[]> {
  const { kind } = expired;
  const condition = kind === 'run' ? EXPIRED_RUN : EXPIRED_EVENT;
  const values = [...valuesOf(expired), limit];
  const { rows } = await client.query<{ id: string }>(
    `select id from ${kind} where ${condition} order by id limit $${values.length} for update skip locked`,
    values,
  );
  return rows.map(({ id }) => id);
}

/** Locked rows cannot come back into the queue meanwhile. */
async function deleteRuns(client: pg.PoolClient, ids: readonly string[]): Promise<number> {
  const pinned = 'and not exists (select from kept k where k.id = run.id)';
  const gone = await client.query<{ id: string }>(
    `delete from run where id = any($1::uuid[]) ${pinned} returning id`,
    [ids],
  );
  const goneIds = gone.rows.map(({ id }) => id);
  for (const sql of OF_RUNS) await client.query(sql, [goneIds]);
  await client.query(VALUES_OF_RUNS, [goneIds, goneIds.toSorted()[0] ?? lowestId(0)]);
  return ids.length;
}

/** Looked at again under the lock: a run may have begun with one of them while it was being locked. */
async function deleteEvents(
  client: pg.PoolClient,
  expired: Expired,
  ids: readonly string[],
): Promise<number> {
  const sql = `delete from event where ${EXPIRED_EVENT} and id = any($3::uuid[])`;
  await client.query(sql, [...valuesOf(expired), ids]);
  return ids.length;
}

function valuesOf({ projectId, kind, cutoff }: Expired): unknown[] {
  const values = [projectId, lowestId(cutoff)];
  return kind === 'run' ? [...values, new Date(cutoff)] : values;
}
