import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lists of workflows, versions and connections show: who made it, notes, tests, last use. */
export class Looks1760000100000 implements MigrationInterface {
  readonly name = 'Looks1760000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table workflow add column created_by text;
      alter table workflow_version add column note text;
      alter table connection
        add column created_by text,
        add column checked_at timestamptz(3),
        add column check_ok boolean,
        add column check_message text,
        add column last_used_at timestamptz(3);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
