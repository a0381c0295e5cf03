import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Retrying and cancelling many runs, and an index that finds the few runs that went wrong among all. */
export class RunBatches1760001200000 implements MigrationInterface {
  readonly name = 'RunBatches1760001200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BATCH_TABLES);
    await runner.query(FAILURES_INDEX);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** `busy_until`: a process has it at hand until then. The items are the runs that the filter found when it began. */
const BATCH_TABLES = `
create table run_batch (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  action text not null check (action in ('retry', 'cancel')),
  filter text not null,
  status text not null check (status in ('running', 'done', 'cancelled')),
  total integer not null,
  done integer not null default 0,
  failed integer not null default 0,
  created_by text not null,
  created_at timestamptz(3) not null default now(),
  busy_until timestamptz(3) not null default now(),
  finished_at timestamptz(3)
);
create index run_batch_running on run_batch (busy_until) where status = 'running';
create index run_batch_project on run_batch (project_id, id);

create table run_batch_item (
  batch_id uuid not null references run_batch (id) on delete cascade,
  run_id uuid not null,
  status text not null default 'left' check (status in ('left', 'done', 'failed')),
  reason text,
  primary key (batch_id, run_id)
);
create index run_batch_item_left on run_batch_item (batch_id, run_id) where status = 'left';
`;

/** Costs nothing for a run that succeeds. */
const FAILURES_INDEX = `create index run_unwell on run (project_id, id) where status in ('failed', 'cancelled')`;
