/** Anything that sends one SQL text, so that the migrator and maintenance share this file. */
export type RunSql = (sql: string) => Promise<unknown>;

const DAY_MS = 86_400_000;

interface PartitionedTable {
  readonly name: string;
  readonly key: string;
  /** Bodies and headers together are often just over 2 KB; compressing them costs a quarter of the insert. */
  readonly keepsBodiesPlain: boolean;
}

/** Tables cut into UTC days of their UUIDv7 key: a look-up by id prunes, retention drops a whole day. */
export const PARTITIONED_TABLES: readonly PartitionedTable[] = [
  { name: 'event', key: 'id', keepsBodiesPlain: true },
  { name: 'run', key: 'id', keepsBodiesPlain: false },
  { name: 'run_input', key: 'run_id', keepsBodiesPlain: false },
  { name: 'run_journal', key: 'run_id', keepsBodiesPlain: false },
  { name: 'stored_value', key: 'id', keepsBodiesPlain: false },
];

/**
 * Makes the partitions of the given UTC days that do not exist yet. Rows that a wrong clock had put into the
 * default partition move to their day. Safe to call at any time, by one caller at a time.
 *
 * @param from epoch milliseconds, database clock; its day is the first
 * @param exists tells whether a table of that name is there
 */
export async function ensurePartitions(
  runSql: RunSql,
  exists: (table: string) => Promise<boolean>,
  from: number,
  days: number,
): Promise<string[]> {
  const made: string[] = [];
  for (let day = 0; day < days; day += 1) {
    const start = Math.floor(from / DAY_MS) * DAY_MS + day * DAY_MS;
    for (const table of PARTITIONED_TABLES) {
      const partition = partitionName(table.name, start);
      if (await exists(partition)) continue;
      await runSql(createPartition(table, partition, start));
      made.push(partition);
    }
  }
  return made;
}

/** `event_20261122`: the UTC day of the ids inside. */
export function partitionName(table: string, at: number): string {
  return `${table}_${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** The lowest UUIDv7 of a millisecond. */
export function lowestId(at: number): string {
  const hex = Math.floor(at).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/**
 * One simple query, so one transaction. Built beside the table and attached: attaching, unlike `create … partition of`, lets writers go on, and
 * takes over rows of that day which are in the default partition.
 */
function createPartition(table: PartitionedTable, partition: string, start: number): string {
  const range = `${table.key} >= '${lowestId(start)}' and ${table.key} < '${lowestId(start + DAY_MS)}'`;
  const options = table.keepsBodiesPlain ? ' with (toast_tuple_target = 8160)' : '';
  return `
create table ${partition} (like ${table.name} including defaults including constraints including indexes)${options};
alter table ${partition} add constraint ${partition}_day check (${range});
with strayed as (delete from ${table.name}_default where ${range} returning *)
insert into ${partition} select * from strayed;
alter table ${table.name} attach partition ${partition}
  for values from ('${lowestId(start)}') to ('${lowestId(start + DAY_MS)}');
alter table ${partition} drop constraint ${partition}_day`;
}
