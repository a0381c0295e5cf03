import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each run is, for lists; null in rows of older releases. Retries with the live version: of batches, and which run took over from which. */
export class RunProgress1760001730000 implements MigrationInterface {
  readonly name = 'RunProgress1760001730000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PROGRESS);
    await runner.query(BATCH_VERSION);
    await runner.query(RETRY_LINKS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** Columns without a value change the catalogue only. */
const PROGRESS = ['run_queue', 'run']
  .map(
    (table) => `
alter table ${table} add column steps_done integer, add column steps_total integer, add column attempt integer;`,
  )
  .join('');

/** null: each run goes on with its own version. */
const BATCH_VERSION = `alter table run_batch add column version text check (version = 'live')`;

/** A wider check: what is there fits, so no row is looked at. */
const RETRY_LINKS = `
alter table run_link drop constraint run_link_kind_check;
alter table run_link add constraint run_link_kind_check check (kind in ('subworkflow', 'error', 'retry')) not valid`;
