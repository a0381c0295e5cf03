import type { RunKind } from '@hookloom/contracts';
import { EVENT_COLUMNS, EVENT_INPUT, EVENT_PARAMETERS, EVENT_VALUES } from './event-columns.js';

const at = (offset: number): string => `$${EVENT_PARAMETERS + offset}`;

/** When the event of a key was received: a UUIDv7 begins with its milliseconds. */
const FIRST_AT = `to_timestamp(('x' || translate(left(k.event_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)`;

/**
 * One statement, one transaction: is the endpoint as we read it, is the key new, then event and runs. Answers
 * only the rows that were not stored. The `in (select …) is true` keeps the planner from turning look-ups in
 * a hashed list into nested loops. A key is free again when its window is over, or when the window was made shorter and
 * would be over by now. Parameters: the events' columns, then revision, key and window by event,
 * then the runs' columns.
 *
 * @param kind of the runs that the events start
 */
export const acceptSql = (kind: Extract<RunKind, 'event' | 'form'>): string => `
with input as materialized (
  select i.id, i.key, i.window_seconds,
    (select e.revision from endpoint e where e.id = i.endpoint_id) is not distinct from i.revision as is_fresh
  from unnest($1::uuid[], $3::uuid[], ${at(1)}::int[], ${at(2)}::uuid[], ${at(3)}::int[])
    as i (id, endpoint_id, revision, key, window_seconds)
), keyed as (
  insert into event_key as k (key, event_id, expires_at)
  select key, id, now() + window_seconds * interval '1 second' from input where is_fresh and key is not null
  on conflict (key) do update set event_id = excluded.event_id, expires_at = excluded.expires_at
    where k.expires_at <= now() or ${FIRST_AT} + (excluded.expires_at - now()) <= now()
  returning event_id
), stored as (
  insert into event (${EVENT_COLUMNS}, body_bytes)
  select ${EVENT_VALUES}, octet_length(e.body) from ${EVENT_INPUT}
  where (e.id in (
    select id from input where is_fresh and (key is null or (id in (select event_id from keyed)) is true)
  )) is true
  on conflict (id) do nothing
  returning id
), queued as (
  insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, event_id, state,
    max_concurrent_runs, lane)
  select r.id, r.project_id, r.workflow_id, r.version, '${kind}', r.trigger_step, r.event_id, r.state,
    r.max_concurrent_runs, case when r.max_concurrent_runs is not null then 'limited' end
  from unnest(${at(4)}::uuid[], ${at(5)}::uuid[], ${at(6)}::uuid[], ${at(7)}::uuid[], ${at(8)}::int[],
    ${at(9)}::text[], ${at(10)}::text[], ${at(11)}::int[])
    as r (id, event_id, project_id, workflow_id, version, trigger_step, state, max_concurrent_runs)
  where (r.event_id in (select id from stored)) is true
  on conflict (id) do nothing
)
select id, is_fresh::int as fresh from input where id not in (select id from stored)`;

/**
 * Logs repeats as events of their own and says which event was first. A second statement, since the one that
 * lost cannot see the winner in its own snapshot. An event that finds its own id was stored by an earlier try.
 */
export const RECORD_DUPLICATES = `
with first as materialized (
  select d.id, k.event_id from unnest($1::uuid[], ${at(1)}::uuid[]) as d (id, key)
  join event_key k on k.key = d.key
), logged as (
  insert into event (${EVENT_COLUMNS}, body_bytes, duplicate_of)
  select ${EVENT_VALUES}, octet_length(e.body), f.event_id from ${EVENT_INPUT}
  join first f on f.id = e.id and f.event_id <> e.id
  on conflict (id) do nothing
)
select id, event_id as first_id from first`;

/** Logs requests that start nothing. */
export const RECORD = `
insert into event (${EVENT_COLUMNS}, body_bytes)
select ${EVENT_VALUES}, octet_length(e.body) from ${EVENT_INPUT}
on conflict (id) do nothing`;
