import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What live workflows look at, where they are with it and how the last look went. */
export class Polls1760001300000 implements MigrationInterface {
  readonly name = 'Polls1760001300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(POLL_TABLE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/**
 * A row stays as long as its workflow, so that pausing and publishing keep the cursor; `next_at` is null while nothing
 * of it is live. A look holds the row by its fence until the lease is over.
 */
const POLL_TABLE = `
create table poll (
  workflow_id uuid not null references workflow (id) on delete cascade,
  step_id text not null,
  project_id uuid not null references project (id) on delete cascade,
  endpoint_id uuid not null references endpoint (id) on delete cascade,
  version integer not null,
  every_minutes integer not null,
  next_at timestamptz(3),
  fence integer not null default 0,
  lease_until timestamptz(3),
  is_begun boolean not null default false,
  cursor text,
  looked_at timestamptz(3),
  listed integer,
  found integer,
  failures integer not null default 0,
  error text,
  primary key (workflow_id, step_id)
);
create index poll_next on poll (next_at) where next_at is not null;
create index poll_endpoint on poll (endpoint_id);
`;
