import { BODY_OR_NULL } from './event-body.js';

/**
 * Claims. Parameters of all: $1 how many at the most, $2 the worker that will own them. A worker whose lease is
 * over gets nothing. Of those that take turns: $3 the project or workflow after which the turn begins, $4 and $5
 * projects that have little room left in this worker, and how much.
 */
const UNCLAIMED = `q.state in ('queued', 'waiting')`;

const READY = `${UNCLAIMED} and q.available_at <= now()
    and (select l.lease_until > now() from worker_lease l where l.owner = $2)`;

const RUNNING_OF_FLOW = `(select count(*) from run_queue r
    where r.workflow_id = q.workflow_id and r.state = 'running' and r.max_concurrent_runs is not null)`;

const BUSY_PROJECTS = `unnest($4::uuid[], $5::int[]) as busy (project_id, room)`;

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
  o.parent_run_id, o.depth, o.lane_key, o.lane_entered,
  e.id as event_id, e.received_at, e.method, e.headers, e.query, e.content_type, ${BODY_OR_NULL}, e.type, e.sender, e.answer_status
from (select exists (
    select from run_queue q where q.lane in ('limited', 'suspect') and ${UNCLAIMED} and q.available_at <= now()
  ) as wait) lanes
left join (owned o left join event e on e.id = o.event_id) on true`;
}

/** The distinct values of an index's leading column, once round from the one after $3; the first row is $3 itself. */
function turn(column: 'project_id' | 'workflow_id', where: string): string {
  return `turn (id, is_second_round, at) as (
  select $3::uuid, false, 0
  union all
  select coalesce(following.id, first.id), turn.is_second_round or following.id is null, turn.at + 1
  from turn
  left join lateral (
    select q.${column} as id from run_queue q where ${where} and q.${column} > turn.id order by q.${column} limit 1
  ) following on true
  left join lateral (
    select q.${column} as id from run_queue q
    where following.id is null and not turn.is_second_round and ${where} order by q.${column} limit 1
  ) first on true
  where coalesce(following.id, first.id) <= $3 or (following.id is not null and not turn.is_second_round)
)`;
}

const PLAIN = `q.lane is null and ${UNCLAIMED}`;

/**
 * Plain runs: of all projects that have one due an equal share, the oldest first, so that the backlog of one never keeps
 * another waiting. Each `limit 1` is a probe of the index that no plan can turn into a join over all ready runs.
 */
export const CLAIM = claim(`${turn('project_id', PLAIN)}, share (project_id, most, at) as materialized (
  select turn.id, least(coalesce(busy.room, $1), ceil($1 / (count(*) over ())::numeric))::int, turn.at
  from turn left join ${BUSY_PROJECTS} on busy.project_id = turn.id
  where turn.at > 0 and coalesce(busy.room, 1) > 0
    and (select true from run_queue q where ${PLAIN} and q.project_id = turn.id and q.available_at <= now() limit 1)
), picked as materialized (
  select chosen.id from (select * from share order by at) share, lateral (
    select q.id from run_queue q where q.lane is null and q.project_id = share.project_id and ${READY}
    order by q.available_at, q.id limit share.most
    for update skip locked
  ) chosen
  limit $1
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

const LIMITED = `q.lane = 'limited' and ${UNCLAIMED}`;

/** Runs of workflows with a limit: of all that have a place and a run due an equal share. */
export const CLAIM_LIMITED =
  claim(`${turn('workflow_id', LIMITED)}, place (flow_id, free, at) as materialized (
  select turn.id, head.free, turn.at from turn, lateral (
    select case when busy.room <= 0 then 0 else q.max_concurrent_runs - ${RUNNING_OF_FLOW} end as free
    from run_queue q left join ${BUSY_PROJECTS} on busy.project_id = q.project_id
    where ${LIMITED} and q.workflow_id = turn.id and q.available_at <= now()
    order by q.available_at, q.id limit 1
  ) head
  where turn.at > 0 and head.free > 0
), picked as materialized (
  select chosen.id from (select * from place order by at) place, lateral (
    select q.id from run_queue q where q.lane = 'limited' and q.workflow_id = place.flow_id and ${READY}
    order by q.available_at, q.id limit least(place.free, ceil($1 / (select count(*) from place)::numeric))
    for update skip locked
  ) chosen
  limit $1
)`);
