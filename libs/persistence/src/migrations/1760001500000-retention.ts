import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long a project keeps events and runs, what is kept beyond that, and what went when. */
export class Retention1760001500000 implements MigrationInterface {
  readonly name = 'Retention1760001500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RETENTION_TABLES);
    await runner.query(SURVIVOR_INDEXES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/**
 * `retention_rule`: no row means the default. Until `effective_at` the former numbers hold where they keep more, so
 * that a wrong number can be taken back on the same day. `kept`: an event or a run that no rule deletes; `event_id`:
 * the event of a kept run. `deletion`: the days that are gone, with the rule that took them.
 */
const RETENTION_TABLES = `
create table retention_rule (
  project_id uuid primary key references project (id) on delete cascade,
  event_days integer not null,
  run_days integer not null,
  former_event_days integer not null,
  former_run_days integer not null,
  effective_at timestamptz(3) not null
);

create table kept (
  id uuid primary key,
  project_id uuid not null references project (id) on delete cascade,
  kind text not null check (kind in ('event', 'run')),
  event_id uuid,
  kept_by text not null,
  kept_at timestamptz(3) not null default now()
);
create index kept_event on kept (event_id) where event_id is not null;
create index kept_project on kept (project_id, id);

create table deletion (
  project_id uuid not null references project (id) on delete cascade,
  kind text not null check (kind in ('event', 'run')),
  day date not null,
  days integer not null,
  deleted_at timestamptz(3) not null,
  primary key (project_id, kind, day)
);
`;

/** Runs that took long outlive their day, and values are found by their run: both are few. */
const SURVIVOR_INDEXES = `
create index run_long on run (id) where finished_at - created_at > interval '1 hour';
create index stored_value_run on stored_value (run_id);
`;
