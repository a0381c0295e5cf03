/** Longer than this nobody is given a turn ahead, so that a changed limit is soon felt. */
export const LONGEST_TURN_SECONDS = 600;

/** Takes the next turn. $1 project, $2 host, $3 seconds between two calls. No row: the line is too long. */
export const TAKE_TURN = `
insert into destination_turn as t (project_id, host, next_at)
values ($1, $2, now() + $3 * interval '1 second')
on conflict (project_id, host) do update
  set next_at = greatest(t.next_at, now()) + $3 * interval '1 second'
  where t.next_at < now() + interval '${LONGEST_TURN_SECONDS} seconds'
returning extract(epoch from next_at - $3 * interval '1 second') * 1000 as at`;

const STATE = `project_id as "projectId", host, in_row as "inRow", window_calls as "windowCalls",
  window_failed as "windowFailed", problem, opened_at as "openedAt", open_until as "openUntil"`;

/** Calls older than this say nothing about now. */
const WINDOW = `interval '1 minute'`;

/**
 * How calls went, by destination: $1 projects, $2 hosts, $3 calls, $4 failed ones, $5 failed ones after the last success,
 * $6 problem. While a destination is left alone, what was under way before says nothing.
 */
export const NOTE_CALLS = `
insert into destination_health as d (project_id, host, in_row, window_calls, window_failed, problem)
select n.project_id, n.host, n.in_row, n.calls, n.failed, n.problem
from unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::int[], $6::text[])
  as n (project_id, host, calls, failed, in_row, problem)
order by n.project_id, n.host
on conflict (project_id, host) do update set
  in_row = case when excluded.in_row < excluded.window_calls then excluded.in_row else d.in_row + excluded.in_row end,
  window_calls = excluded.window_calls + case when d.window_at < now() - ${WINDOW} then 0 else d.window_calls end,
  window_failed = excluded.window_failed + case when d.window_at < now() - ${WINDOW} then 0 else d.window_failed end,
  window_at = case when d.window_at < now() - ${WINDOW} then now() else d.window_at end,
  problem = coalesce(excluded.problem, d.problem), updated_at = now()
  where d.open_until is null or d.open_until <= now()
returning ${STATE}`;

/** Leaves a destination alone. $1 project, $2 host, $3 seconds. */
export const OPEN = `
update destination_health set opened_at = coalesce(opened_at, now()), open_until = now() + $3 * interval '1 second',
  probe_until = null
where project_id = $1 and host = $2 and (open_until is null or open_until <= now())
returning ${STATE}`;

export const CLOSE = `delete from destination_health where project_id = $1 and host = $2 and open_until <= now()`;

/** One caller tries whether the destination answers again. $3 seconds until another may, where nothing comes of it. */
export const PROBE = `
update destination_health set probe_until = now() + $3 * interval '1 second'
where project_id = $1 and host = $2 and open_until <= now() and (probe_until is null or probe_until <= now())
returning 1`;

/** Workflow $3 has runs that wait for a destination which is left alone. */
export const NOTE_SENDER = `
insert into destination_sender (project_id, host, workflow_id)
select d.project_id, d.host, w.id from destination_health d join workflow w on w.id = $3 and w.project_id = d.project_id
where d.project_id = $1 and d.host = $2
on conflict do nothing`;

/** Hosts that failed lately. */
export const LOAD_TROUBLED = `
select ${STATE} from destination_health where opened_at is not null or updated_at > now() - ${WINDOW}`;

/** What nobody has asked for or heard of for a while. */
export const FORGET_TURNS = `delete from destination_turn where next_at < now() - interval '1 hour'`;
export const FORGET_HEALTH = `
delete from destination_health where updated_at < now() - interval '1 hour'
  and (open_until is null or open_until < now() - interval '1 hour')`;
