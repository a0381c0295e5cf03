import type { EntityManager } from 'typeorm';

/** A trigger step of a live version that starts by the clock. */
export interface NewSchedule {
  readonly stepId: string;
  readonly cron: string;
  /** A name of the IANA database. */
  readonly timezone: string;
  /** After a time without a worker: one run for all that was missed, or none. */
  readonly misfire: 'once' | 'skip';
  /** null: it never comes again. */
  readonly nextAt: Date | null;
}

interface ScheduledWorkflow {
  readonly projectId: string;
  readonly workflowId: string;
  readonly version: number;
  readonly maxConcurrentRuns: number | undefined;
}

/** When live workflows start. Workers fire what is due. */
export class SchedulesRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Replaces all schedules of a workflow. Call inside the transaction that changes what is live. */
  async replace(workflow: ScheduledWorkflow, schedules: readonly NewSchedule[]): Promise<void> {
    const { projectId, workflowId, version, maxConcurrentRuns = null } = workflow;
    await this.clear(workflowId);
    for (const { stepId, cron, timezone, misfire, nextAt } of schedules) {
      await this.manager.query(
        `insert into schedule (workflow_id, step_id, project_id, version, max_concurrent_runs, cron, timezone,
           misfire, next_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [workflowId, stepId, projectId, version, maxConcurrentRuns, cron, timezone, misfire, nextAt],
      );
    }
  }

  /** Nothing of the workflow starts by the clock any more. */
  async clear(workflowId: string): Promise<void> {
    await this.manager.query('delete from schedule where workflow_id = $1', [workflowId]);
  }
}
