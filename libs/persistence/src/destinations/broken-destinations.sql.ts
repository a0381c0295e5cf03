/** Hosts that have not worked for $1 seconds, or for as long again since their senders were paused. */
export const TAKE_BROKEN = `
update destination_health d set given_up_at = now()
from (
  select project_id, host from destination_health
  where greatest(opened_at, given_up_at) < now() - $1 * interval '1 second' for update skip locked
) broken
where d.project_id = broken.project_id and d.host = broken.host
returning d.project_id as "projectId", d.host, d.problem`;

/** Workflows that go on although their runs wait for host $2 of project $1. */
export const SENDERS = `
select w.id from destination_sender s join workflow w on w.id = s.workflow_id and w.project_id = s.project_id
where s.project_id = $1 and s.host = $2 and w.live_version is not null and not w.paused
order by w.id for update of w`;

/** $1 project, $2 workflow, $3 why, as JSON. */
export const NOTE_PAUSE = `
insert into audit (project_id, actor, action, subject_kind, subject_id, detail)
values ($1, 'system', 'pause', 'workflow', $2, $3)`;

/** $1 project, $2 workflow, $3 why, as JSON of RunError. */
export const OPEN_ALERT = `
insert into alert (project_id, kind, subject_id, last_at, count, untold, error, next_at)
values ($1, 'workflow', $2, now(), 1, 1, $3, now())
on conflict (project_id, kind, subject_id) where closed_at is null do update
  set count = alert.count + 1, untold = alert.untold + 1, last_at = now(), error = excluded.error, recovered_at = null,
    next_at = now()`;
