import type { EntityManager } from 'typeorm';

/** A trigger step of a live version that looks at another server. */
export interface NewPoll {
  readonly stepId: string;
  readonly endpointId: string;
  readonly everyMinutes: number;
}

/** How a poll does. */
export interface PollRow {
  /** null: nothing of it is live. */
  readonly nextAt: Date | null;
  readonly lookedAt: Date | null;
  /** Items in the last answer, and how many of them were new. */
  readonly listed: number | null;
  readonly found: number | null;
  readonly failures: number;
  readonly error: string | null;
  readonly hasCursor: boolean;
}

/** What live workflows look at. Workers do the looking. */
export class PollsRepository {
  constructor(private readonly manager: EntityManager) {}

  /**
   * Sets what a workflow looks at from now on; a step that looked before goes on from its cursor. Call inside the
   * transaction that changes what is live.
   */
  async replace(
    workflow: { readonly projectId: string; readonly workflowId: string; readonly version: number },
    polls: readonly NewPoll[],
  ): Promise<void> {
    const { projectId, workflowId, version } = workflow;
    await this.clear(workflowId);
    for (const { stepId, endpointId, everyMinutes } of polls) {
      await this.manager.query(
        `insert into poll as p (workflow_id, step_id, project_id, endpoint_id, version, every_minutes, next_at)
         values ($1, $2, $3, $4, $5, $6, now())
         on conflict (workflow_id, step_id) do update set version = excluded.version,
           every_minutes = excluded.every_minutes, next_at = now(), failures = 0, error = null,
           endpoint_id = excluded.endpoint_id,
           cursor = case when p.endpoint_id = excluded.endpoint_id then p.cursor end,
           is_begun = p.is_begun and p.endpoint_id = excluded.endpoint_id`,
        [workflowId, stepId, projectId, endpointId, version, everyMinutes],
      );
    }
  }

  /** Nothing of the workflow looks any more; what is under way is thrown away. */
  async clear(workflowId: string): Promise<void> {
    await this.manager.query(
      'update poll set next_at = null, lease_until = null, fence = fence + 1 where workflow_id = $1',
      [workflowId],
    );
  }

  /** The poll whose items an endpoint keeps; `undefined` before it was live. */
  async findByEndpoint(projectId: string, endpointId: string): Promise<PollRow | undefined> {
    const rows = await this.manager.query<PollRow[]>(
      `select next_at as "nextAt", looked_at as "lookedAt", listed, found, failures, error,
         cursor is not null as "hasCursor"
       from poll where project_id = $1 and endpoint_id = $2 order by next_at nulls last limit 1`,
      [projectId, endpointId],
    );
    return rows[0];
  }

  /** Has a live poll look at once. @returns false when none of the endpoint is live */
  async lookNow(projectId: string, endpointId: string, from: 'cursor' | 'start'): Promise<boolean> {
    const rows = await this.manager.query<[unknown[], number]>(
      `update poll set next_at = now(), lease_until = null, fence = fence + 1,
         cursor = case when $3 then null else cursor end
       where project_id = $1 and endpoint_id = $2 and next_at is not null`,
      [projectId, endpointId, from === 'start'],
    );
    return rows[1] > 0;
  }
}
