import type { EntityManager } from 'typeorm';
import { PARTITIONED_TABLES } from '../database/partitions.js';

/** What one table, or one day of it, takes. */
export interface TableSpaceRow {
  /** The table, or its parent. */
  readonly table: string;
  readonly name: string;
  readonly bytes: number;
  readonly indexBytes: number;
  /** As the planner believes; null where it never looked. */
  readonly rows: number | null;
}

/** What some of the runs of a workflow take. */
export interface WorkflowShareRow {
  readonly workflowId: string;
  readonly bytes: number;
  readonly runs: number;
}

/** Sizes are those of files: reading them reads no rows. A table that is just being dropped has none. */
const SPACE = `
select coalesce(p.relname, c.relname) as table, c.relname as name,
  coalesce(pg_total_relation_size(c.oid), 0)::float8 as bytes, coalesce(pg_indexes_size(c.oid), 0)::float8 as "indexBytes",
  case when c.reltuples >= 0 then c.reltuples::float8 end as rows
from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`;

/** Runs looked at, in all partitions together. */
const SAMPLED_RUNS = 5_000;

/** $1 project, $2 percent of the pages. */
const WORKFLOW_SHARES = `
with looked_at as materialized (
  select id, workflow_id, coalesce(pg_column_size(journal), 0) + 200 as bytes
  from run tablesample system ($2) where project_id = $1 limit ${SAMPLED_RUNS}
)
select workflow_id as "workflowId", count(*)::int as runs,
  sum(bytes + coalesce((select sum(pg_column_size(j.entries)) from run_journal j where j.run_id = looked_at.id), 0))::float8 as bytes
from looked_at group by workflow_id order by 3 desc limit 20`;

/** What takes the space, from figures that cost little to read. */
export class StorageRepository {
  constructor(private readonly manager: EntityManager) {}

  /** All tables of the product, the days of partitioned ones apart. */
  tables(): Promise<TableSpaceRow[]> {
    return this.manager.query<TableSpaceRow[]>(SPACE);
  }

  async databaseBytes(): Promise<number> {
    const rows = await this.manager.query<{ bytes: number }[]>(
      'select pg_database_size(current_database())::float8 as bytes',
    );
    return rows[0]?.bytes ?? 0;
  }

  /** Rows of a day's partition, up to `limit`: for days that the planner has not looked at yet. */
  async countRows(partition: string, limit: number): Promise<number> {
    if (!PARTITIONED_TABLES.some(({ name }) => partition.startsWith(`${name}_`))) return 0;
    const rows = await this.manager.query<{ count: number }[]>(
      `select count(*)::int as count from (select from "${partition}" limit $1) as few`,
      [limit],
    );
    return rows[0]?.count ?? 0;
  }

  /** Bytes of the bodies of the newest thousand events, and how many those are. */
  async newestBodies(projectId: string): Promise<{ readonly bytes: number; readonly count: number }> {
    const rows = await this.manager.query<{ bytes: number; count: number }[]>(
      `select coalesce(sum(body_bytes), 0)::float8 as bytes, count(*)::int as count
         from (select body_bytes from event where project_id = $1 order by id desc limit 1000) as newest`,
      [projectId],
    );
    return rows[0] ?? { bytes: 0, count: 0 };
  }

  /** @param runs about how many there are */
  workflowShares(projectId: string, runs: number): Promise<WorkflowShareRow[]> {
    const percent = Math.min(100, (100 * SAMPLED_RUNS * 2) / Math.max(1, runs));
    return this.manager.query<WorkflowShareRow[]>(WORKFLOW_SHARES, [projectId, percent]);
  }
}
