/** Requests and the keys that tell repeats. No foreign keys on the hot path: a look-up per row costs more than it saves. */
export const EVENT_TABLES = `
create table event (
  id uuid primary key,
  project_id uuid not null,
  endpoint_id uuid not null,
  received_at timestamptz(3) not null,
  status text not null,
  reason text,
  method text not null,
  query text not null,
  headers text not null,
  content_type text,
  body bytea not null,
  body_bytes integer not null,
  type text,
  sender text not null,
  dedupe_key text,
  duplicate_of uuid,
  flags text,
  verification text not null,
  answer_status smallint not null,
  answer_ms real not null
) partition by range (id);
create index event_endpoint on event (endpoint_id, id);
create index event_project on event (project_id, id);

create table event_key (
  key uuid primary key,
  event_id uuid not null,
  expires_at timestamptz(3) not null
);
create index event_key_expiry on event_key (expires_at);
`;

/**
 * `run_queue`: every unfinished run and nothing else, so that a claim stays fast. `lane`: null is the plain
 * claim; `limited` runs wait for a place under their workflow's limit; a `suspect` was in the hands of a
 * worker that died. `run`: history, written once when the run ends.
 */
export const RUN_TABLES = `
create table run_queue (
  id uuid primary key,
  project_id uuid not null,
  workflow_id uuid not null,
  version integer,
  kind text not null,
  trigger_step text not null,
  only_step text,
  event_id uuid,
  state text not null check (state in ('queued', 'waiting', 'running', 'held')),
  lane text check (lane in ('limited', 'suspect')),
  max_concurrent_runs integer,
  fence integer not null default 0,
  owner uuid,
  available_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now(),
  started_at timestamptz(3),
  claimed_at timestamptz(3),
  spent_ms bigint not null default 0,
  journal_rows integer not null default 0,
  deaths smallint not null default 0,
  cancel_requested boolean not null default false,
  has_input boolean not null default false
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000,
        autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
create index run_queue_ready on run_queue (available_at, id) where state in ('queued', 'waiting') and lane is null;
create index run_queue_lane on run_queue (lane, workflow_id, available_at, id)
  where state in ('queued', 'waiting') and lane is not null;
create index run_queue_owner on run_queue (owner) where state = 'running';
create index run_queue_running on run_queue (workflow_id) where state = 'running' and max_concurrent_runs is not null;
create index run_queue_held on run_queue (workflow_id, id) where state = 'held';
create index run_queue_workflow on run_queue (workflow_id, id);
create index run_queue_event on run_queue (event_id) where event_id is not null;

create table run_input (
  run_id uuid primary key,
  project_id uuid not null,
  input text,
  definition text,
  workflow_key text,
  workflow_name text
) partition by range (run_id);

create table run (
  id uuid primary key,
  project_id uuid not null,
  workflow_id uuid not null,
  version integer,
  kind text not null,
  trigger_step text not null,
  only_step text,
  event_id uuid,
  max_concurrent_runs integer,
  has_input boolean not null,
  status text not null,
  error text,
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  finished_at timestamptz(3) not null,
  fence integer not null,
  journal bytea,
  journal_rows integer not null
) partition by range (id);
create index run_project on run (project_id, id);
create index run_workflow on run (workflow_id, id);
create index run_event on run (event_id) where event_id is not null;

create table run_journal (
  run_id uuid not null,
  first_seq integer not null,
  fence integer not null,
  entries bytea not null,
  entry_count integer not null,
  primary key (run_id, first_seq)
) partition by range (run_id);

create table stored_value (
  id uuid primary key,
  project_id uuid not null,
  run_id uuid not null,
  content bytea not null
) partition by range (id);

create table worker_lease (
  owner uuid primary key,
  host text not null,
  started_at timestamptz(3) not null default now(),
  lease_until timestamptz(3) not null
) with (fillfactor = 50);

create table event_default partition of event default;
create table run_default partition of run default;
create table run_input_default partition of run_input default;
create table run_journal_default partition of run_journal default;
create table stored_value_default partition of stored_value default;
alter table event_default set (toast_tuple_target = 8160);
`;
