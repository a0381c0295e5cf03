/**
 * Claims. Parameters of all: $1 how many at the most, $2 the worker that will own them. A worker whose lease is
 * over gets nothing.
 */
const READY = `q.state in ('queued', 'waiting') and q.available_at <= now()
    and (select l.lease_until > now() from worker_lease l where l.owner = $2)`;

const RUNNING_OF_FLOW = `(select count(*) from run_queue r
    where r.workflow_id = q.workflow_id and r.state = 'running' and r.max_concurrent_runs is not null)`;

/**
 * Owns what was picked and brings its event with it: one round trip for a whole claim. The first column, on
 * at least one row, says whether runs wait in a lane of their own.
 */
function claim(picked: string): string {
  return `
with recursive ${picked}, owned as (
  update run_queue q set state = 'running', owner = $2, wake = false, fence = q.fence + 1, claimed_at = now(),
    started_at = coalesce(q.started_at, now()),
    spent_ms = q.spent_ms + greatest(0, extract(epoch from now() - q.available_at) * 1000)::bigint
  from picked p where q.id = p.id
  returning q.*
)
select lanes.wait as lanes_wait, o.id, o.project_id, o.workflow_id, o.version, o.kind, o.trigger_step, o.only_step,
  o.fence, o.created_at, o.started_at, o.spent_ms, o.journal_rows, o.cancel_requested, o.has_input, o.has_answers,
  o.parent_run_id, o.depth,
  e.id as event_id, e.received_at, e.method, e.headers, e.query, e.content_type, e.body, e.type, e.sender, e.answer_status
from (select exists (
    select from run_queue q where q.lane is not null and q.state in ('queued', 'waiting') and q.available_at <= now()
  ) as wait) lanes
left join (owned o left join event e on e.id = o.event_id) on true`;
}

/** Plain runs, the oldest first. */
export const CLAIM = claim(`picked as materialized (
  select q.id from run_queue q where q.lane is null and ${READY}
  order by q.available_at, q.id limit $1
  for update skip locked
)`);

/**
 * One run at a time that was in the hands of a worker that died, so that a run that kills its worker does not
 * take the same others with it again. What died twice already runs only while no other such run does.
 */
export const CLAIM_SUSPECT = claim(`picked as materialized (
  select q.id from run_queue q where q.lane = 'suspect' and ${READY}
    and (q.max_concurrent_runs is null or q.max_concurrent_runs > ${RUNNING_OF_FLOW})
    and (q.deaths < 2 or not exists (select from run_queue r where r.state = 'running' and r.deaths >= 2))
  order by q.available_at, q.id limit least($1, 1)
  for update skip locked
)`);

/** Runs of workflows with a limit: as many as have a place. Walks from workflow to workflow over the index. */
export const CLAIM_LIMITED = claim(`flow (id) as (
  (select q.workflow_id from run_queue q where q.lane = 'limited' and q.state in ('queued', 'waiting')
    order by q.workflow_id limit 1)
  union all
  select (select q.workflow_id from run_queue q where q.lane = 'limited' and q.state in ('queued', 'waiting')
    and q.workflow_id > flow.id order by q.workflow_id limit 1)
  from flow where flow.id is not null
), place (flow_id, free) as materialized (
  select flow.id, (select q.max_concurrent_runs - ${RUNNING_OF_FLOW} from run_queue q
    where q.lane = 'limited' and q.workflow_id = flow.id and q.state in ('queued', 'waiting')
    order by q.available_at, q.id limit 1)
  from flow where flow.id is not null
), picked as materialized (
  select chosen.id from place, lateral (
    select q.id from run_queue q where q.lane = 'limited' and q.workflow_id = place.flow_id and ${READY}
    order by q.available_at, q.id limit least($1, place.free)
    for update skip locked
  ) chosen
  where place.free > 0
  limit $1
)`);
