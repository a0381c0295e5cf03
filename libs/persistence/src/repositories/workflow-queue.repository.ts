import type { EntityManager } from 'typeorm';

/** Released runs become due at this many a second, so that a long pause does not end in a flood. */
const RELEASED_PER_SECOND = 200;

/** What pausing, resuming, unpublishing and deleting a workflow do to its unfinished runs and held events. */
export class WorkflowQueueRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Pause: what has not started is held. Draft and test runs, which a person waits for, are not. */
  async hold(workflowId: string): Promise<void> {
    await this.manager.query(
      `update run_queue set state = 'held'
        where workflow_id = $1 and state = 'queued' and started_at is null and version is not null`,
      [workflowId],
    );
  }

  /** Resume: held runs become due, oldest first, and their events accepted. */
  async release(workflowId: string): Promise<void> {
    await this.manager.query(
      `with ranked as (
         select id, row_number() over (order by id) as place from run_queue where workflow_id = $1 and state = 'held'
       ), released as (
         update run_queue q set state = 'queued', available_at = now() + (ranked.place / $2) * interval '1 second'
           from ranked where q.id = ranked.id and q.state = 'held' returning q.event_id
       )
       update event set status = 'accepted'
        where status = 'held' and id in (select event_id from released where event_id is not null)`,
      [workflowId, RELEASED_PER_SECOND],
    );
  }

  /** Unpublish: events that waited for this workflow alone are captured; what was accepted before the pause still runs. */
  async giveUpHeld(workflowId: string): Promise<void> {
    await this.manager.query(
      `with dropped as (
         delete from run_queue q using event e
          where q.workflow_id = $1 and q.state = 'held' and q.event_id = e.id and e.status = 'held'
         returning q.event_id
       )
       update event set status = 'captured'
        where id in (select event_id from dropped)
          and not exists (select 1 from run_queue o where o.event_id = event.id and o.workflow_id <> $1)`,
      [workflowId],
    );
    await this.release(workflowId);
  }

  /** Delete: runs that nobody holds end as cancelled, the others are asked to. */
  async cancelAll(workflowId: string): Promise<void> {
    await this.manager.query(
      `with ended as (
         delete from run_queue where workflow_id = $1 and state <> 'running' returning *
       )
       insert into run (id, project_id, workflow_id, version, kind, trigger_step, only_step, event_id,
                        max_concurrent_runs, has_input, status, created_at, started_at, finished_at, fence, journal_rows)
       select id, project_id, workflow_id, version, kind, trigger_step, only_step, event_id,
              max_concurrent_runs, has_input, 'cancelled', created_at, started_at, now(), fence + 1, journal_rows
         from ended`,
      [workflowId],
    );
    await this.manager.query(`update run_queue set cancel_requested = true where workflow_id = $1`, [
      workflowId,
    ]);
  }
}
