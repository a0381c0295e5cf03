import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPools } from '../database/pools.js';
import { aWorld, row, rows, SUCCEEDED, type World } from '../../test/fixtures.js';
import { PgRunStore } from './pg-run-store.js';

const RUNS = 5_000;
const A_CLAIM = 100;
/** A plan that is kept is made at the sixth call, if not before. */
const CALLS_UNTIL_KEPT = 8;
/** A run's row is read a few times until the run is over; the whole queue would be 2,500 rows for each claim of a hundred. */
const READS_PER_RUN = 12;

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

/** A backlog that arrives too quickly for the database to learn of it. */
async function queueRuns(): Promise<void> {
  await rows(
    world,
    `insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, state)
     select new_id(), $1, $2, 1, 'manual', 'start', 'queued' from generate_series(1, $3::int)`,
    [world.projectId, world.workflowId, RUNS],
  );
}

/** Rows of the queue that were read until now, through an index or not, by connections that have ended. */
async function rowsRead(): Promise<number> {
  const { read } = await row(
    world,
    `select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as read from pg_stat_user_tables
     where relname = 'run_queue'`,
  );
  return Number(read);
}

/**
 * A plan that was cached while the tables were empty reads the whole queue for every claim: the longer the queue, the
 * slower, until nothing comes back. Nobody sees it while the worker keeps up.
 */
it('a worker that saw empty tables first works off a long queue without reading it again for every claim', async () => {
  const pools = createPools(world.database.url);
  const store = new PgRunStore(pools, world.clock);
  for (let call = 0; call < CALLS_UNTIL_KEPT; call += 1) expect(await store.claim(A_CLAIM)).toEqual([]);
  await queueRuns();

  let done = 0;
  for (let claimed = await store.claim(A_CLAIM); claimed.length > 0; claimed = await store.claim(A_CLAIM)) {
    await Promise.all(claimed.map((run) => store.release(run, 1, [], SUCCEEDED)));
    done += claimed.length;
  }
  expect(done).toBe(RUNS);
  await store.close();
  await pools.close();
  const workers = `select from pg_stat_activity where datname = current_database() and application_name = 'hookloom-worker'`;
  await expect.poll(() => rows(world, workers)).toEqual([]);
  const read = await rowsRead();
  expect(read).toBeGreaterThan(RUNS);
  expect(read).toBeLessThan(RUNS * READS_PER_RUN);
});
