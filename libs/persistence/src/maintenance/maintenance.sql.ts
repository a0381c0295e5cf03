import { AWAITED } from '../runs/claimed-row.js';
import { endUnowned } from '../runs/run-commands.sql.js';

const LEASE_IS_OVER = `q.state = 'running' and not exists (
    select from worker_lease l where l.owner = q.owner and l.lease_until > now())`;

/** $1 how many, $2 deaths from which on a run is given up. */
export const RECLAIM = `
with dead as materialized (
  select q.id from run_queue q where ${LEASE_IS_OVER} and q.deaths + 1 < $2
  limit $1 for update of q skip locked
)
update run_queue q set state = 'queued', owner = null, fence = q.fence + 1, available_at = now(), lane = 'suspect',
  deaths = q.deaths + 1,
  spent_ms = q.spent_ms + greatest(0, extract(epoch from now() - q.claimed_at) * 1000)::bigint
from dead where q.id = dead.id`;

/** $1 how many, $2 deaths from which on, $3 the error as JSON text. */
export const GIVE_UP = endUnowned(
  `
  delete from run_queue q where q.id in (
    select q.id from run_queue q where ${LEASE_IS_OVER} and q.deaths + 1 >= $2
    limit $1 for update of q skip locked
  )
  returning q.*, $3::text as error, null::bytea as entry`,
  'failed',
);

const EVENT_IS_HELD = `exists (select from event e where e.id = h.event_id and e.status = 'held')`;

/**
 * Up to $1 held runs, of workflow $2 or of all, whose workflow goes on; their events become accepted with the first
 * of them. What was accepted before its workflow was unpublished goes on too. The workflow is locked, so that a pause
 * sees all that was released before it.
 */
export const RELEASE_HELD = `
with going_on as materialized (
  select w.id, w.live_version from workflow w
  where not w.paused and ($2::uuid is null or w.id = $2)
    and exists (select from run_queue h where h.workflow_id = w.id and h.state = 'held')
  for share skip locked
), released as (
  update run_queue q set state = 'queued', available_at = now() where q.id in (
    select held.id from going_on w, lateral (
      select h.id from run_queue h where h.workflow_id = w.id and h.state = 'held'
        and (w.live_version is not null or not ${EVENT_IS_HELD})
      order by h.id limit $1 for update skip locked
    ) held limit $1
  )
  returning q.event_id
), ordered as materialized (
  select e.id from event e where e.status = 'held' and e.id in (select event_id from released)
  order by e.id for no key update
), accepted as (
  update event e set status = 'accepted' from ordered where e.id = ordered.id
)
select count(*)::int as count from released`;

/**
 * Up to $1 held runs, of workflow $2 or of all, whose workflow is live no more; an event that waited for nothing else
 * becomes captured. Its row is locked, so that of two workflows that give it up in the same moment one is the last.
 */
export const DROP_HELD = `
with chosen as materialized (
  select held.id, held.event_id from workflow w, lateral (
    select h.id, h.event_id from run_queue h join event e on e.id = h.event_id and e.status = 'held'
    where h.workflow_id = w.id and h.state = 'held' order by h.id limit $1
    for no key update of h, e skip locked
  ) held
  where w.live_version is null and ($2::uuid is null or w.id = $2) limit $1
), dropped as (
  delete from run_queue q using chosen c where q.id = c.id returning q.id, q.event_id
), captured as (
  update event e set status = 'captured' where e.status = 'held' and e.id in (select event_id from dropped)
    and not exists (
      select from run_queue o where o.event_id = e.id and o.id not in (select id from dropped))
)
select count(*)::int as count from dropped`;

/** Runs not yet started of a paused workflow, from id $2 on; drafts and step tests go on. */
export const HOLD_PAUSED = `
with held as (
  update run_queue q set state = 'held' where q.id in (
    select waiting.id from workflow w, lateral (
      select h.id from run_queue h
      where h.workflow_id = w.id and h.id >= $2 and h.state = 'queued' and h.started_at is null
        and h.version is not null
      order by h.id limit $1 for update skip locked
    ) waiting
    where w.paused limit $1
  )
  returning 1
)
select count(*)::int as count from held`;

/** Never waits for a row that the accept path holds, so the two cannot wait for each other in a circle. */
export const EXPIRE_KEYS = `
with old as materialized (
  select key from event_key where expires_at < now() order by expires_at limit $1 for update skip locked
), gone as (delete from event_key k using old where k.key = old.key returning 1)
select count(*)::int as count from gone`;

export const FORGET_SESSIONS = `delete from session where expires_at < now()`;
export const FORGET_THROTTLES = `delete from login_throttle where expire < extract(epoch from now()) * 1000`;

export const FORGET_LEASES = `
delete from worker_lease l where l.lease_until < now() - interval '1 hour'
  and not exists (select from run_queue q where q.owner = l.owner and q.state = 'running')`;

/** $1 status, $2 and $3 ids between which to look. */
export const NOTE_UNANSWERED = `
update event set answer_status = $1 where id >= $2 and id < $3 and answer_status = ${AWAITED}`;
