import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which workflows send to a destination that fails. */
export class DestinationSenders1760001800000 implements MigrationInterface {
  readonly name = 'DestinationSenders1760001800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SENDERS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/**
 * `destination_sender`: whose runs waited for a destination since it is left alone; gone when it answers again.
 * `given_up_at`: when they were paused for it; from then on it has as long again.
 */
const SENDERS = `
alter table destination_health add column given_up_at timestamptz;
create table destination_sender (
  project_id uuid not null,
  host text not null,
  workflow_id uuid not null references workflow (id) on delete cascade,
  primary key (project_id, host, workflow_id),
  foreign key (project_id, host) references destination_health (project_id, host) on delete cascade
);
`;
