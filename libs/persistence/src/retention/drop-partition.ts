import type pg from 'pg';
import { inTransaction } from '../database/in-transaction.js';
import type { PartitionedTable } from '../database/partitions.js';
import { survivorKeys, type DayToDrop } from './survivors.sql.js';

/** One partition that is past all rules. */
export interface DuePartition {
  readonly table: PartitionedTable;
  readonly name: string;
  readonly day: DayToDrop;
}

/**
 * `gone`: another worker was faster. `crowded`: too much of it must survive, so its rows go one by one. `busy`:
 * somebody uses the table; try again later.
 */
export type DropOutcome = 'dropped' | 'gone' | 'crowded' | 'busy';

/** Names the one worker that drops. */
const DROP_LOCK = 0x64726f70;
/** Others wait at most this long behind the wish for the lock, and as long as moving that many rows takes. */
const LOCK_TIMEOUT = '200ms';
const MOST_MOVED = 2_000;
/** lock_not_available, deadlock_detected */
const LOCK_ERRORS = new Set(['55P03', '40P01']);

/**
 * Drops a partition whole, after what must survive moved to the default partition: one transaction, so a worker that
 * dies in it leaves all as it was. `DETACH … CONCURRENTLY` is refused for tables with a default partition.
 *
 * @param note what else is written in the transaction
 */
export async function dropPartition(
  pool: pg.Pool,
  partition: DuePartition,
  note: (client: pg.PoolClient) => Promise<unknown>,
): Promise<DropOutcome> {
  try {
    return await inTransaction(pool, async (client) => {
      const lock = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
        DROP_LOCK,
      ]);
      if (lock.rows[0]?.mine !== true) return 'busy';
      const there = 'select to_regclass($1) is not null as there';
      const found = await client.query<{ there: boolean }>(there, [partition.name]);
      if (found.rows[0]?.there !== true) return 'gone';
      if (await isCrowded(client, partition)) return 'crowded';
      await moveAndDrop(client, partition);
      await note(client);
      return 'dropped';
    });
  } catch (error) {
    if (isLockError(error)) return 'busy';
    throw error;
  }
}

/** Looked at before the table is locked: moving very many rows would keep others waiting. */
async function isCrowded(client: pg.PoolClient, { table, name, day }: DuePartition): Promise<boolean> {
  const keys = survivorKeys(table.name, name, day);
  const sql = `select count(*)::int as count from (select from (${keys}) as k limit ${MOST_MOVED + 1}) as few`;
  const answer = await client.query<{ count: number }>(sql);
  return (answer.rows[0]?.count ?? 0) > MOST_MOVED;
}

/** The parent first: whoever holds a partition holds its parent already, so the two cannot wait for each other. */
async function moveAndDrop(client: pg.PoolClient, { table, name, day }: DuePartition): Promise<void> {
  await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
  await client.query('set local enable_seqscan = off');
  await client.query(`lock table only ${table.name} in access exclusive mode`);
  await client.query(`alter table ${table.name} detach partition ${name}`);
  await client.query(
    `insert into ${table.name} select t.* from ${name} t where t.${table.key} in (${survivorKeys(table.name, name, day)})`,
  );
  await client.query(`drop table ${name}`);
}

function isLockError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && LOCK_ERRORS.has(String(error.code));
}
