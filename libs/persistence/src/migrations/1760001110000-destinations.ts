import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hosts whose calls are limited, and those that fail. */
export class Destinations1760001110000 implements MigrationInterface {
  readonly name = 'Destinations1760001110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DESTINATION_TABLES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/**
 * `destination_turn`: when the next call may be made. `destination_health`: only hosts that failed lately. `in_row`:
 * failures without a success between; `opened_at`: since when it is not called; `probe_until`: somebody tries it now.
 */
const DESTINATION_TABLES = `
create table destination_turn (
  project_id uuid not null,
  host text not null,
  next_at timestamptz(3) not null,
  primary key (project_id, host)
) with (fillfactor = 50);

create table destination_health (
  project_id uuid not null,
  host text not null,
  in_row integer not null,
  window_at timestamptz(3) not null default now(),
  window_calls integer not null,
  window_failed integer not null,
  problem text,
  opened_at timestamptz(3),
  open_until timestamptz(3),
  probe_until timestamptz(3),
  updated_at timestamptz(3) not null default now(),
  primary key (project_id, host)
) with (fillfactor = 50)`;
