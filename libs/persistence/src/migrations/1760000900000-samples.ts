import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sample events and pinned outputs of drafts, and what was pinned when a draft's run began. */
export class Samples1760000900000 implements MigrationInterface {
  readonly name = 'Samples1760000900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SAMPLES);
    await runner.query('alter table run_input add column pins text');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const SAMPLES = `
create table workflow_sample (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  workflow_id uuid not null references workflow (id) on delete cascade,
  kind text not null check (kind in ('event', 'output')),
  name text not null,
  value text not null,
  bytes integer not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index workflow_sample_list on workflow_sample (workflow_id, id);
create unique index workflow_sample_output on workflow_sample (workflow_id, name) where kind = 'output';
`;
