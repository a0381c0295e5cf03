/** The running replay that waited longest; one that another worker has at hand is passed over. */
export const TAKE = `
select id, project_id as "projectId", filter, newest_event_id as "newestEventId", last_event_id as "lastEventId",
  workflow_id as "workflowId", version, starts, definition,
  least(per_second, floor(per_second * extract(epoch from clock_timestamp() - worked_at)))::int as due
from replay where status = 'running'
  and worked_at <= clock_timestamp() - interval '1 second' / per_second
order by worked_at limit 1 for update skip locked`;

/** $1 replay, $2 last event, $3 done, $4 failed, $5 whether that was all. */
export const ADVANCE = `
update replay set last_event_id = coalesce($2, last_event_id), done = done + $3, failed = failed + $4,
  worked_at = clock_timestamp(), status = case when $5 then 'done' else status end,
  finished_at = case when $5 then clock_timestamp() end
where id = $1`;

/** $1 replay, which could not be carried on: after the others, and not at once. */
export const SET_BACK = `
update replay set worked_at = clock_timestamp() + interval '30 seconds' where id = $1 and status = 'running'`;

/** $1 project, $2 endpoints. Each live workflow that starts from one of them. */
export const ROUTES = `
select endpoint_id as "endpointId", workflow_id as "workflowId", version, step_id as "triggerStepId",
  paused as "isPaused", max_concurrent_runs as "maxConcurrentRuns"
from endpoint_route where project_id = $1 and endpoint_id = any($2::uuid[]) order by workflow_id, step_id`;

/** $1 project, $2 workflow. A workflow that is gone gives no row. */
export const NAMED_WORKFLOW = `
select key, name, paused as "isPaused" from workflow where project_id = $1 and id = $2`;

/** $1 project, then columns: run, workflow, version, trigger, event, state, limit. */
export const ENQUEUE_MANY = `
insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, event_id, state,
  max_concurrent_runs, lane)
select r.id, $1, r.workflow_id, r.version, 'replay', r.trigger_step, r.event_id, r.state,
  r.max_concurrent_runs, case when r.max_concurrent_runs is not null then 'limited' end
from unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::uuid[], $7::text[], $8::int[])
  as r (id, workflow_id, version, trigger_step, event_id, state, max_concurrent_runs)`;

/** $1 project, $2 runs, $3 definition, $4 key, $5 name, $6 workflow: the draft that the runs follow, and what is pinned to it. */
export const KEEP_DRAFT = `
insert into run_input (run_id, project_id, definition, workflow_key, workflow_name, pins)
select unnest($2::uuid[]), $1, $3, $4, $5, (
  select '{' || string_agg(to_json(name)::text || ':' || value, ',') || '}' from workflow_sample
  where project_id = $1 and workflow_id = $6 and kind = 'output')`;

/** $1 replay, then columns: event, runs as text of an array, reason. */
export const RECORD_ITEMS = `
insert into replay_item (replay_id, event_id, run_ids, reason)
select $1, i.event_id, i.run_ids::uuid[], i.reason
from unnest($2::uuid[], $3::text[], $4::text[]) as i (event_id, run_ids, reason)`;
