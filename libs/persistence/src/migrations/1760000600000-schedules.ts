import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When live workflows start by the clock. */
export class Schedules1760000600000 implements MigrationInterface {
  readonly name = 'Schedules1760000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCHEDULE_TABLE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** Rows only for live workflows that are not paused: whoever publishes, pauses or resumes rewrites them. */
const SCHEDULE_TABLE = `
create table schedule (
  workflow_id uuid not null references workflow (id) on delete cascade,
  step_id text not null,
  project_id uuid not null references project (id) on delete cascade,
  version integer not null,
  max_concurrent_runs integer,
  cron text not null,
  timezone text not null,
  misfire text not null check (misfire in ('once', 'skip')),
  next_at timestamptz(3),
  primary key (workflow_id, step_id)
);
create index schedule_next on schedule (next_at) where next_at is not null;
`;
