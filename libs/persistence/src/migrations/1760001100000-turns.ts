import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Projects take turns at the claim, and runs of a lane wait for one another. */
export class Turns1760001100000 implements MigrationInterface {
  readonly name = 'Turns1760001100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(READY_BY_PROJECT);
    await runner.query(LANES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** In the place of the index by time alone: as many indexes as before, and the oldest run of each project is at hand. */
const READY_BY_PROJECT = `
create index run_queue_turn on run_queue (project_id, available_at, id)
  where state in ('queued', 'waiting') and lane is null;
drop index run_queue_ready`;

/**
 * `lane_key`: known once a worker has worked it out. `lane_entered`: it holds a place in its lane until it ends; until
 * then its `lane` is `keyed` and nobody claims it.
 */
const LANES = `
alter table run_queue
  add column lane_key text,
  add column lane_places integer,
  add column lane_entered boolean not null default false,
  drop constraint run_queue_lane_check,
  add constraint run_queue_lane_check check (lane in ('limited', 'suspect', 'keyed'));
create index run_queue_lane_key on run_queue (workflow_id, lane_key, id) where lane_key is not null`;
