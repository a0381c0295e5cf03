/** Endpoints that something live starts from and that nobody watches yet. */
export const BEGIN_WATCH = `
insert into endpoint_watch (endpoint_id, project_id)
select e.id, e.project_id from endpoint e
where exists (select from endpoint_route r where r.endpoint_id = e.id)
  and not exists (select from endpoint_watch w where w.endpoint_id = e.id)
order by e.id limit $1
on conflict do nothing`;

/** Up to $1 endpoints whose turn it is; the next turn of each is in a minute. */
export const TAKE = `
with due as materialized (
  select endpoint_id from endpoint_watch where check_at <= now() order by check_at limit $1 for update skip locked
)
update endpoint_watch w set check_at = now() + interval '1 minute'
from due, endpoint e where w.endpoint_id = due.endpoint_id and e.id = w.endpoint_id
returning w.endpoint_id as "endpointId", w.project_id as "projectId", e.settings, w.usual_seconds as "usualSeconds",
  w.pause_seconds as "pauseSeconds", w.last_event_at as "lastEventAt", w.silent_since as "silentSince",
  w.learned_at is null or w.learned_at < now() - interval '1 hour' as "isStale",
  exists (select from endpoint_route r where r.endpoint_id = w.endpoint_id and not r.paused) as "isStarted"`;

/** The millisecond in which an id was made, in seconds: events are looked at in the index alone. */
const SECONDS_OF = (id: string): string =>
  `('x' || translate(left(${id}::text, 13), '-', ''))::bit(48)::bigint / 1000.0`;

/**
 * Times of the latest events of endpoint $1 from id $2 on, at most $3, refused ones left out: of the newest 5,000 at
 * the most, so that a flood of refused requests costs little.
 */
export const LATEST = `
select ${SECONDS_OF('id')} as at from (
  select id, status from event where endpoint_id = $1 and id >= $2 order by id desc limit 5000
) newest where status <> 'rejected' order by id desc limit $3`;

/** Which of the hours that begin with the ids $2 have an event of endpoint $1; $3 are the ids after each. */
export const HOURS = `
select h.at from unnest($2::uuid[], $3::uuid[], $4::int[]) as h (first, next, at)
where exists (
  select from event where endpoint_id = $1 and id >= h.first and id < h.next and status <> 'rejected'
) order by h.at`;

/** $1 endpoint, then what was learned. */
export const LEARN = `
update endpoint_watch set learned_at = now(), usual_seconds = $2, pause_seconds = $3 where endpoint_id = $1`;

/** $1 endpoint, $2 newest event, $3 since when it is silent. */
export const NOTE = `
update endpoint_watch set last_event_at = coalesce($2, last_event_at), silent_since = $3 where endpoint_id = $1`;

/** $1 project, $2 endpoint, $3 last event, $4 sentence. */
export const OPEN_ALERT = `
insert into alert (project_id, kind, subject_id, last_at, count, untold, error, next_at)
values ($1, 'endpoint', $2, $3, 1, 1, $4, now())
on conflict (project_id, kind, subject_id) where closed_at is null
do update set recovered_at = null`;

export const END_ALERT = `
update alert set recovered_at = now(), next_at = now()
where project_id = $1 and kind = 'endpoint' and subject_id = $2 and closed_at is null and recovered_at is null`;
