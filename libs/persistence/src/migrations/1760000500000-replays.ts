import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replays of many events, and indexes that find a rare status or type of event without reading the events. */
export class Replays1760000500000 implements MigrationInterface {
  readonly name = 'Replays1760000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REPLAY_TABLES);
    await runner.query(EVENT_INDEXES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** `last_event_id`: all up to it are done. `starts`: JSON of where runs begin, when a workflow was named. */
const REPLAY_TABLES = `
create table replay (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  filter text not null,
  newest_event_id uuid,
  last_event_id uuid,
  workflow_id uuid,
  version integer,
  starts text,
  definition text,
  per_second integer not null,
  status text not null check (status in ('running', 'done', 'cancelled')),
  total integer not null,
  done integer not null default 0,
  failed integer not null default 0,
  created_by text not null,
  created_at timestamptz(3) not null default now(),
  worked_at timestamptz(3) not null default now(),
  finished_at timestamptz(3)
);
create index replay_running on replay (worked_at) where status = 'running';
create index replay_project on replay (project_id, id);

create table replay_item (
  replay_id uuid not null references replay (id) on delete cascade,
  event_id uuid not null,
  run_ids uuid[] not null,
  reason text,
  primary key (replay_id, event_id)
);
`;

const EVENT_INDEXES = `
create index event_endpoint_facts on event (endpoint_id, id) include (status, type);
create index event_project_facts on event (project_id, id) include (status, type);
drop index event_endpoint;
drop index event_project;
`;
