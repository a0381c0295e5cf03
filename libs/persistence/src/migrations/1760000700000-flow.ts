import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Waits that something from outside ends, requests that are held open for a run, and runs that start others. */
export class Flow1760000700000 implements MigrationInterface {
  readonly name = 'Flow1760000700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(QUEUE_COLUMNS);
    await runner.query(FLOW_TABLES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** `has_answers`: something came for its waiting steps. `wake`: since its last claim, so it must not fall asleep. */
const QUEUE_COLUMNS = `
alter table run_queue
  add column has_answers boolean not null default false,
  add column wake boolean not null default false,
  add column parent_run_id uuid,
  add column depth smallint not null default 0`;

/**
 * `run_answer`: what ended the wait of one step, once. `run_link`: which run started which; `answered`: the parent
 * knows how it ended. `event_answer`: what each run has for the held request of its event.
 */
const FLOW_TABLES = `
create table run_answer (
  run_id uuid not null,
  path text not null,
  generation integer not null,
  project_id uuid not null,
  result text not null,
  created_at timestamptz(3) not null default now(),
  primary key (run_id, path, generation)
);
create index run_answer_age on run_answer (created_at);

create table run_link (
  parent_run_id uuid not null,
  path text not null,
  generation integer not null,
  project_id uuid not null,
  kind text not null check (kind in ('subworkflow', 'error')),
  child_run_id uuid not null,
  answered boolean not null default false,
  primary key (parent_run_id, path, generation)
) partition by range (parent_run_id);
create index run_link_child on run_link (child_run_id);
create index run_link_open on run_link (parent_run_id) where kind = 'subworkflow' and not answered;
create table run_link_default partition of run_link default;

create table event_answer (
  event_id uuid not null,
  run_id uuid not null,
  kind text not null check (kind in ('respond', 'ended')),
  content text not null,
  created_at timestamptz(3) not null default now(),
  primary key (event_id, run_id)
);
create index event_answer_age on event_answer (created_at)`;
