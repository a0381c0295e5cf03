import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the repeats of a delivery; an event that is none costs nothing. */
export class Deliveries1760001000000 implements MigrationInterface {
  readonly name = 'Deliveries1760001000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index event_repeat on event (duplicate_of) where duplicate_of is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
