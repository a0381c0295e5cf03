/** Runs held within one statement, so that no row is locked for seconds. */
const HELD_AT_ONCE = 10_000;

/**
 * Workflow $1 of project $2 is paused: its events are held, no time comes, nothing is looked at. Its endpoints' revisions
 * rise in the order of their ids, as everywhere, so that two such changes never wait for each other.
 */
export const PAUSE_WORKFLOW = `
with paused as (
  update workflow set paused = true, updated_at = now() where id = $1 and project_id = $2 returning id
), ordered as materialized (
  select e.id from endpoint e
  where e.id in (select r.endpoint_id from endpoint_route r join paused on r.workflow_id = paused.id)
  order by e.id for update
), revisions as (
  update endpoint e set revision = revision + 1 from ordered where e.id = ordered.id
), routes as (
  update endpoint_route r set paused = true from paused where r.workflow_id = paused.id
), times as (
  delete from schedule s using paused where s.workflow_id = paused.id
)
update poll p set next_at = null, lease_until = null, fence = p.fence + 1 from paused where p.workflow_id = paused.id`;

/**
 * What has not started of workflow $1 is held, what would start next first; of very many runs the upkeep holds the rest,
 * faster than they could be claimed. Draft and test runs, which a person waits for, are not held.
 */
export const HOLD_RUNS = `
update run_queue set state = 'held' where id in (
  select id from run_queue
  where workflow_id = $1 and state = 'queued' and started_at is null and version is not null
  order by id limit ${HELD_AT_ONCE} for update skip locked)`;
