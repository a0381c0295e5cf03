import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who saved a draft last: told to those whose own draft it stands against. */
export class DraftAuthor1760000800000 implements MigrationInterface {
  readonly name = 'DraftAuthor1760000800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table workflow add column updated_by text');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
