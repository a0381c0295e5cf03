import type { RunStatus } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import { lowestId } from '../database/partitions.js';
import { STATUS_OF_QUEUED } from './run-columns.js';

/** How runs of one workflow that began in one hour ended. */
export interface HourOfRuns {
  readonly workflowId: string;
  /** Hours since 1970, UTC. */
  readonly hour: number;
  readonly succeeded: number;
  readonly failed: number;
}

export interface LastRunRow {
  readonly workflowId: string;
  readonly id: string;
  readonly status: RunStatus;
  readonly createdAt: Date;
}

/** How often the runs of one version ended, and how often well. */
export interface VersionRunsRow {
  readonly version: number;
  readonly finished: number;
  readonly succeeded: number;
}

const HOUR_MS = 3_600_000;
/** What counts as work: no tests, nothing that the trigger's filter left aside. */
const COUNTS = `kind <> 'test' and status <> 'skipped'`;

/** What workflows did lately, counted from history when somebody looks: the hot path keeps no counters. */
export class WorkflowActivityRepository {
  constructor(private readonly manager: EntityManager) {}

  /**
   * All hours with runs from `fromHour` up to but without `toHour`, of all workflows of a project. Reads the runs
   * of that time once; the id's range prunes the days.
   *
   * @param fromHour hours since 1970, UTC
   */
  hours(projectId: string, fromHour: number, toHour: number): Promise<HourOfRuns[]> {
    return this.manager.query<HourOfRuns[]>(
      `select workflow_id as "workflowId", floor(extract(epoch from created_at) / 3600)::int as hour,
              count(*) filter (where status = 'succeeded')::int as succeeded,
              count(*) filter (where status = 'failed')::int as failed
         from run where project_id = $1 and id >= $2 and id < $3 and ${COUNTS} group by 1, 2`,
      [projectId, lowestId(fromHour * HOUR_MS), lowestId(toHour * HOUR_MS)],
    );
  }

  /**
   * The newest run of each of these workflows, finished or not. The rows are compared as pairs so that only the
   * index on (workflow, id) can give the order: any other would read all runs of a day for a workflow without one.
   */
  lastRuns(projectId: string, workflowIds: readonly string[]): Promise<LastRunRow[]> {
    const newest = (table: string, status: string) => `
      select id, ${status} as status, created_at from ${table}
       where (workflow_id, id) >= (w.id, '00000000-0000-0000-0000-000000000000'::uuid)
         and (workflow_id, id) <= (w.id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
         and project_id = $1 and kind <> 'test'
       order by workflow_id desc, id desc limit 1`;
    return this.manager.query<LastRunRow[]>(
      `select w.id as "workflowId", last.id, last.status, last.created_at as "createdAt"
         from unnest($2::uuid[]) as w (id)
        cross join lateral (
          select * from ((${newest('run_queue', STATUS_OF_QUEUED)}) union all (${newest('run', 'status')})) as both_ends
           order by id desc limit 1) as last`,
      [projectId, [...workflowIds]],
    );
  }

  /** Of all stored runs of a workflow. */
  versionRuns(projectId: string, workflowId: string): Promise<VersionRunsRow[]> {
    return this.manager.query<VersionRunsRow[]>(
      `select version, count(*)::int as finished, count(*) filter (where status = 'succeeded')::int as succeeded
         from run where workflow_id = $2 and project_id = $1 and version is not null and ${COUNTS} group by 1`,
      [projectId, workflowId],
    );
  }
}
