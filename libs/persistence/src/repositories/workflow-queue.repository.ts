import type { EntityManager } from 'typeorm';
import { DROP_HELD, RELEASE_HELD } from '../maintenance/maintenance.sql.js';
import { endUnowned } from '../runs/run-commands.sql.js';
import { HOLD_RUNS, PAUSE_WORKFLOW } from './workflow-pause.sql.js';

/** Released within the call; the worker's upkeep goes on with the rest, so that a long pause does not end in a flood. */
const RELEASED_AT_ONCE = 200;
const DROPPED_AT_ONCE = 1_000;
const ALL = 2_147_483_647;

const CANCEL_UNOWNED_OF_WORKFLOW = endUnowned(
  `
  delete from run_queue where workflow_id = $1 and state <> 'running'
  returning *, null::text as error, null::bytea as entry`,
  'cancelled',
);

/** Runs before events, as everywhere: whoever gives up another run of the same events meanwhile is waited for. */
const LOCK_HELD = `
with mine as materialized (
  select event_id from run_queue where workflow_id = $1 and state = 'held' order by id for update
)
select e.id from event e where e.status = 'held' and e.id in (select event_id from mine) order by e.id for no key update`;

/**
 * What pausing, resuming, unpublishing and deleting a workflow do to its unfinished runs and held events. Each looks at
 * what the workflow says by then: change it first.
 */
export class WorkflowQueueRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Nothing starts it any more, and what has not started is held. */
  async pause(projectId: string, workflowId: string): Promise<void> {
    await this.manager.query(PAUSE_WORKFLOW, [workflowId, projectId]);
    await this.manager.query(HOLD_RUNS, [workflowId]);
  }

  /** Resume: the first held runs become due, oldest first, and their events accepted. */
  async release(workflowId: string): Promise<void> {
    await this.manager.query(RELEASE_HELD, [RELEASED_AT_ONCE, workflowId]);
  }

  /** Unpublish: events that waited for this workflow alone are captured; what was accepted before the pause still runs. */
  async giveUpHeld(workflowId: string): Promise<void> {
    await this.manager.query(DROP_HELD, [DROPPED_AT_ONCE, workflowId]);
    await this.release(workflowId);
  }

  /** Delete: held events are captured, runs that nobody holds end as cancelled, the others are asked to. */
  async cancelAll(workflowId: string): Promise<void> {
    await this.manager.query(LOCK_HELD, [workflowId]);
    await this.manager.query(DROP_HELD, [ALL, workflowId]);
    await this.manager.query(CANCEL_UNOWNED_OF_WORKFLOW, [workflowId]);
    await this.manager.query(`update run_queue set cancel_requested = true where workflow_id = $1`, [
      workflowId,
    ]);
  }
}
