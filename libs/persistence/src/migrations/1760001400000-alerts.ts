import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Silent endpoints, failing workflows, and the messages that tell of them. */
export class Alerts1760001400000 implements MigrationInterface {
  readonly name = 'Alerts1760001400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SETTINGS);
    await runner.query(WATCH_TABLE);
    await runner.query(ALERT_TABLES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** `alerts`: JSON of WorkflowAlerts; null follows the project. */
const SETTINGS = `
create table project_setting (
  project_id uuid not null references project (id) on delete cascade,
  name text not null,
  value text not null,
  updated_at timestamptz(3) not null default now(),
  primary key (project_id, name)
);
alter table workflow add column alerts text;
`;

/** What is usual for an endpoint, and since when it is silent. */
const WATCH_TABLE = `
create table endpoint_watch (
  endpoint_id uuid primary key references endpoint (id) on delete cascade,
  project_id uuid not null,
  check_at timestamptz(3) not null default now(),
  learned_at timestamptz(3),
  usual_seconds integer,
  pause_seconds integer,
  last_event_at timestamptz(3),
  silent_since timestamptz(3)
);
create index endpoint_watch_due on endpoint_watch (check_at);
`;

/**
 * `run_failure`: written by the statement that ends a run, taken away by the one that counts it, so that no failure is
 * missed or counted twice. `alert`: open from the first failure until it went well again; `untold`: since the last
 * message. `alert_message`: one for each target; `due_at` moves on while a worker sends it, so that another one does
 * when that worker dies.
 */
const ALERT_TABLES = `
create table run_failure (
  run_id uuid not null,
  fence integer not null,
  project_id uuid not null,
  workflow_id uuid not null,
  error text,
  failed_at timestamptz(3) not null,
  primary key (run_id, fence)
);

create table alert (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  kind text not null check (kind in ('workflow', 'endpoint')),
  subject_id uuid not null,
  opened_at timestamptz(3) not null default now(),
  last_at timestamptz(3) not null,
  count integer not null,
  untold integer not null,
  run_id uuid,
  error text,
  next_at timestamptz(3) not null,
  told_at timestamptz(3),
  quiet_until timestamptz(3),
  recovered_at timestamptz(3),
  closed_at timestamptz(3)
);
create unique index alert_open on alert (project_id, kind, subject_id) where closed_at is null;
create index alert_due on alert (next_at) where closed_at is null;
create index alert_project on alert (project_id, id);

create table alert_message (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  target text not null,
  subject text not null,
  content text not null,
  created_at timestamptz(3) not null default now(),
  due_at timestamptz(3) not null default now(),
  tries smallint not null default 0,
  sent_at timestamptz(3),
  given_up_at timestamptz(3),
  error text
);
create index alert_message_due on alert_message (due_at) where sent_at is null and given_up_at is null;
create index alert_message_project on alert_message (project_id, id);
`;
