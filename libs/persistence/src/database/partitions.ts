import type pg from 'pg';

/** Days of partitions to make besides today's. */
const DAYS_AHEAD = 7;
/** Partitions are UTC days. */
export const DAY_MS = 86_400_000;

export interface PartitionedTable {
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
  { name: 'run_link', key: 'parent_run_id', keepsBodiesPlain: false },
  { name: 'stored_value', key: 'id', keepsBodiesPlain: false },
];

/** One UTC day of one table. */
export interface Partition {
  readonly name: string;
  readonly sql: string;
}

/**
 * The partitions that should be there: today's and those of the days ahead.
 *
 * @param now epoch milliseconds, database clock
 */
export function wantedPartitions(now: number): Partition[] {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return Array.from({ length: 1 + DAYS_AHEAD }, (_, day) => today + day * DAY_MS).flatMap((start) =>
    PARTITIONED_TABLES.map((table) => {
      const name = partitionName(table.name, start);
      return { name, sql: createPartition(table, name, start) };
    }),
  );
}

/** Makes a partition unless it is there. By one caller at a time. @returns whether it was made */
export async function ensurePartition(client: pg.ClientBase, partition: Partition): Promise<boolean> {
  const found = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    partition.name,
  ]);
  if (found.rows[0]?.there) return false;
  await client.query(partition.sql);
  return true;
}

/** `event_20261122`: the UTC day of the ids inside. */
export function partitionName(table: string, at: number): string {
  return `${table}_${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** The UTC day of a partition by its name, epoch milliseconds of its begin; `undefined` for a default partition. */
export function dayOfPartition(name: string): number | undefined {
  const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T00:00:00Z`);
}

/** The last millisecond that 48 bits can name. */
const LATEST_MS = 2 ** 48 - 1;

/** The lowest UUIDv7 of a millisecond. No id is older than 1970 or younger than 48 bits, so nothing is lost at the ends. */
export function lowestId(at: number): string {
  const hex = Math.min(LATEST_MS, Math.max(0, Math.floor(at)))
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/**
 * Built beside the table and attached: attaching, unlike `create … partition of`, lets writers go on. Rows of
 * that day which a wrong clock had put into the default partition move over. One simple query is one transaction.
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
