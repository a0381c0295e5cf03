import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which values of events and runs are hidden. */
export class Redaction1760001510000 implements MigrationInterface {
  readonly name = 'Redaction1760001510000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REDACTION_RULES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const REDACTION_RULES = `
create table redaction_rule (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  pattern text not null,
  created_by text not null,
  created_at timestamptz(3) not null default now(),
  unique (project_id, pattern)
);
`;
