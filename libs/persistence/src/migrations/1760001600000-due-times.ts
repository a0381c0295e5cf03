import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is due now is due at once: milliseconds round up, and a row would wait until they have passed. */
export class DueTimes1760001600000 implements MigrationInterface {
  readonly name = 'DueTimes1760001600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MICROSECONDS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** A finer unit changes the catalogue only: neither tables nor indexes are written anew. */
const MICROSECONDS = `
alter table run_queue alter column available_at type timestamptz;
alter table alert alter column next_at type timestamptz, alter column quiet_until type timestamptz;
alter table alert_message alter column due_at type timestamptz;
alter table endpoint_watch alter column check_at type timestamptz;
alter table run_batch alter column busy_until type timestamptz;
`;
