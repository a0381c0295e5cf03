/** Long enough for one look with its answer and its expressions; a worker that died is missed after it. */
const LEASE = `interval '120 seconds'`;
/** How long a key is remembered after it was last listed, and from when on it is renewed. */
const REMEMBERED = `interval '90 days'`;
const RENEWED_BELOW = `interval '60 days'`;

/** Takes up to $2 polls that are due at $1. */
export const TAKE_DUE = `
update poll p set fence = p.fence + 1, lease_until = $1::timestamptz + ${LEASE}
from (
  select workflow_id, step_id from poll
  where next_at <= $1 and (lease_until is null or lease_until < $1)
  order by next_at limit $2 for update skip locked
) as due
where p.workflow_id = due.workflow_id and p.step_id = due.step_id
returning p.workflow_id as "workflowId", p.step_id as "stepId", p.project_id as "projectId",
  p.endpoint_id as "endpointId", p.version, p.every_minutes as "everyMinutes", p.fence, p.is_begun as "isBegun",
  p.cursor as "cursorJson", p.failures`;

/** The endpoint before the poll, as whoever publishes locks them. */
export const LOCK_ENDPOINT = `select revision from endpoint where id = $1 for share`;
export const LOCK_POLL = `
select 1 from poll where workflow_id = $1 and step_id = $2 and fence = $3 and next_at is not null for update`;

export const KNOWN_KEYS = `select key::text as key from event_key where key = any($1::uuid[]) and expires_at > now()`;

/** What was listed before the first look is known from then on, and starts nothing. */
export const REMEMBER_KEYS = `
insert into event_key as k (key, event_id, expires_at)
select key, new_id(), now() + ${REMEMBERED} from unnest($1::uuid[]) as n (key)
on conflict (key) do update set expires_at = excluded.expires_at`;

export const RENEW_KEYS = `
update event_key set expires_at = now() + ${REMEMBERED}
where key = any($1::uuid[]) and expires_at < now() + ${RENEWED_BELOW}`;

export const LOOKED = `
update poll set cursor = coalesce($4, cursor), is_begun = true, next_at = $5, looked_at = $6, listed = $7, found = $8,
  failures = 0, error = null, lease_until = null
where workflow_id = $1 and step_id = $2 and fence = $3`;

export const FAILED = `
update poll set next_at = $4, looked_at = $5, failures = failures + 1, error = $6, lease_until = null
where workflow_id = $1 and step_id = $2 and fence = $3 and next_at is not null`;
