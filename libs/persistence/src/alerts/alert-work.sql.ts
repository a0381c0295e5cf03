/**
 * Counts up to $1 failures into their workflows' alerts. A failure is taken away by the statement that counts it, so
 * it counts once. The first message waits for a moment, since failures seldom come alone.
 */
export const GATHER = `
with taken as (
  delete from run_failure f using (
    select run_id, fence from run_failure order by failed_at limit $1 for update skip locked
  ) t where f.run_id = t.run_id and f.fence = t.fence
  returning f.*
), by_workflow as (
  select t.project_id, t.workflow_id, count(*)::int as count, max(t.failed_at) as last_at,
    (array_agg(t.run_id order by t.failed_at desc))[1] as run_id,
    (array_agg(t.error order by t.failed_at desc))[1] as error
  from taken t join workflow w on w.id = t.workflow_id group by 1, 2 order by 2
), counted as (
  insert into alert (project_id, kind, subject_id, last_at, count, untold, run_id, error, next_at)
  select project_id, 'workflow', workflow_id, last_at, count, count, run_id, error, now() + interval '15 seconds'
  from by_workflow
  on conflict (project_id, kind, subject_id) where closed_at is null do update
    set count = alert.count + excluded.count, untold = alert.untold + excluded.untold,
      last_at = greatest(alert.last_at, excluded.last_at), run_id = excluded.run_id, error = excluded.error,
      recovered_at = null,
      next_at = least(alert.next_at, greatest(excluded.next_at, alert.quiet_until))
)
select count(*)::int as count from taken`;

/** The project whose alert is due for longest. */
export const DUE_PROJECT = `
select project_id as "projectId" from alert where closed_at is null and next_at <= now() order by next_at limit 1`;

/** Due alerts of project $1, at most $2, with what they are about. */
export const TAKE_DUE = `
select a.id, a.kind, a.subject_id as "subjectId", coalesce(w.name, e.name) as name, w.alerts,
  a.opened_at as "openedAt", a.last_at as "lastAt", a.count, a.untold, a.run_id as "runId", a.error,
  a.told_at as "toldAt", a.recovered_at as "recoveredAt"
from alert a
  left join workflow w on a.kind = 'workflow' and w.id = a.subject_id
  left join endpoint e on a.kind = 'endpoint' and e.id = a.subject_id
where a.project_id = $1 and a.closed_at is null and a.next_at <= now()
order by a.next_at limit $2 for update of a skip locked`;

/** Whether workflow $1 of project $2 went well after $3; ids from $4 on. */
export const WENT_WELL = `
select exists (
  select from run where workflow_id = $1 and project_id = $2 and id >= $4 and status = 'succeeded'
    and kind <> 'test' and finished_at > $3
) as "wentWell"`;

/** $1 alert, $2 when to look again, $3 whether somebody was told. */
export const GO_ON = `
update alert set next_at = $2, untold = case when $3 then 0 else untold end,
  told_at = case when $3 then now() else told_at end, quiet_until = case when $3 then $2 else quiet_until end
where id = $1`;

/** Nobody is to be told: what came so far counts as told. $1 alert, $2 when to look again. */
export const KEEP_STILL = `update alert set next_at = $2, untold = 0 where id = $1`;

export const CLOSE = `update alert set closed_at = now(), untold = 0 where id = $1`;

/** Whether one of the targets $2 of project $1 got a message in the last $3 seconds. */
export const PACE = `
select exists (
  select from alert_message where project_id = $1 and target = any($2) and id >= id_at(now() - $3 * interval '1 second')
) as "isPaced"`;

export const WRITE_MESSAGE = `
insert into alert_message (project_id, target, subject, content) values ($1, $2, $3, $4)`;

/** $1 name of a setting, $2 project. */
export const SETTING = `select value from project_setting where name = $1 and project_id = $2`;

/** One message that is due, for $1 seconds: after that another worker tries, since this one may have died. */
export const TAKE_MESSAGE = `
update alert_message set due_at = now() + $1 * interval '1 second', tries = tries + 1
where id = (
  select id from alert_message where due_at <= now() and sent_at is null and given_up_at is null
  order by due_at limit 1 for update skip locked
)
returning id, project_id as "projectId", target, subject, content, tries`;

export const NOTE_SENT = `update alert_message set sent_at = now(), error = null where id = $1`;

/** $1 message, $2 why, $3 seconds until the next try; null: none. */
export const NOTE_FAILED = `
update alert_message set error = $2, due_at = now() + coalesce($3, 0) * interval '1 second',
  given_up_at = case when $3::int is null then now() end
where id = $1`;

/** Messages and closed alerts of more than $1 days ago. */
export const FORGET_MESSAGES = `delete from alert_message where id < id_at(now() - $1 * interval '1 day')`;
export const FORGET_ALERTS = `delete from alert where closed_at < now() - $1 * interval '1 day'`;
