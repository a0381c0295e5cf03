import { endUnowned } from './run-commands.sql.js';

/** Whoever looks at the places of one lane does so alone. $1 workflow, $2 key. */
export const LOCK_LANE = `select pg_advisory_xact_lock(${0x6c6b6579}, hashtext($1::text || '/' || $2::text))`;

/** $1 run, $2 fence, $3 owner. */
const MINE = `id = $1 and fence = $2 and owner = $3 and state = 'running'`;

/** $4 key, $5 places. From now on later runs of the lane know of this one. */
export const TAKE_KEY = `update run_queue set lane_key = $4, lane_places = $5 where ${MINE}`;

/**
 * How a lane stands for a run. $1 run, $2 workflow, $3 key. `early`: an older run of the workflow has been claimed, but
 * its key is not known yet.
 */
export const LOOK_AT_LANE = `
select exists (
    select from run_queue q where q.workflow_id = $2 and q.state = 'running' and q.max_concurrent_runs is not null
      and q.lane_key is null and q.id < $1
  ) or exists (
    select from run_queue q where q.lane = 'suspect' and q.workflow_id = $2 and q.state = 'queued'
      and q.lane_key is null and q.id < $1
  ) as early,
  count(*) filter (where l.lane_entered)::int as taken,
  count(*) filter (where not l.lane_entered and l.id < $1 and l.state <> 'held')::int as before,
  count(*) filter (where l.id > $1)::int as newer
from run_queue l where l.workflow_id = $2 and l.lane_key = $3 and l.id <> $1`;

export const ENTER_LANE = `update run_queue set lane_entered = true where ${MINE}`;

/**
 * Out of its worker's hands until it is its turn, or until it is cancelled: a wish that came meanwhile is seen at once. $4
 * when its turn may be at the earliest.
 */
export const WAIT_IN_LANE = `
update run_queue set state = 'queued', owner = null, lane = case when not cancel_requested then 'keyed' end, deaths = 0,
  started_at = case when journal_rows = 0 then null else started_at end,
  available_at = case when cancel_requested then now() else greatest(now(), created_at + $4 * interval '1 second') end
where ${MINE}`;

/** A newer run takes the place of those that have not begun. $1 newer run, $2 workflow, $3 key, $4 error. */
export const SKIP_OLDER = endUnowned(
  `
  delete from run_queue q where q.workflow_id = $2 and q.lane_key = $3 and q.id < $1 and q.lane = 'keyed'
    and q.state in ('queued', 'held')
  returning q.*, $4::text as error, null::bytea as entry`,
  'skipped',
);

/** Runs of a lane that have their turn now, oldest first: as many as there are places. $1 workflow, $2 key. */
export const PROMOTE = `
update run_queue q set lane = 'limited', lane_entered = true, available_at = now() where q.id in (
  select w.id from run_queue w where w.workflow_id = $1 and w.lane_key = $2 and w.lane = 'keyed'
    and w.state = 'queued' and w.available_at <= now()
  order by w.id limit (
    select greatest(0, max(l.lane_places) - count(*) filter (where l.lane_entered))
    from run_queue l where l.workflow_id = $1 and l.lane_key = $2)
)`;

/** Lanes in which a run could go on: whoever should have called it died, or the quiet that it waited for is over. */
export const FIND_OPEN_LANES = `
with head as materialized (
  select distinct on (workflow_id, lane_key) workflow_id, lane_key, lane_places from run_queue
  where lane = 'keyed' and state = 'queued' and available_at <= now()
  order by workflow_id, lane_key, id
)
select h.workflow_id as "workflowId", h.lane_key as key from head h
where h.lane_places > (select count(*) from run_queue q
  where q.workflow_id = h.workflow_id and q.lane_key = h.lane_key and q.lane_entered)
limit $1`;
