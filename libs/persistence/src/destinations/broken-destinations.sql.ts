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

/**
 * Pauses workflow $1 of project $2 as a person would: events are held, no time comes, nothing is looked at. The audit
 * says why ($3), and so does its alert ($4: JSON of RunError). Upkeep then holds what has not started.
 */
export const PAUSE = `
with paused as (
  update workflow set paused = true, updated_at = now() where id = $1 and project_id = $2 returning id, project_id
), routes as (
  update endpoint_route r set paused = true from paused where r.workflow_id = paused.id returning r.endpoint_id
), revisions as (
  update endpoint set revision = revision + 1 where id in (select endpoint_id from routes)
), times as (
  delete from schedule s using paused where s.workflow_id = paused.id
), looks as (
  update poll p set next_at = null, lease_until = null, fence = p.fence + 1 from paused where p.workflow_id = paused.id
), noted as (
  insert into audit (project_id, actor, action, subject_kind, subject_id, detail)
  select project_id, 'system', 'pause', 'workflow', id::text, $3 from paused
)
insert into alert (project_id, kind, subject_id, last_at, count, untold, error, next_at)
select project_id, 'workflow', id, now(), 1, 1, $4, now() from paused
on conflict (project_id, kind, subject_id) where closed_at is null do update
  set count = alert.count + 1, untold = alert.untold + 1, last_at = now(), error = excluded.error, recovered_at = null,
    next_at = now()`;
