import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClaimedRun, LaneEntry } from '@hookloom/runner';
import { aQueuedRun, aWorld, finishedAs, row, rows, SUCCEEDED, type World } from '../../test/fixtures.js';
import { Maintenance } from '../maintenance/maintenance.js';
import { PgRunStore } from './pg-run-store.js';

let world: World;
let stores: PgRunStore[] = [];
beforeAll(async () => {
  world = await aWorld();
});
beforeEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  stores = [];
  await world.pools.ui.query('delete from run_queue');
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await world.close();
});

function aStore(): PgRunStore {
  const store = new PgRunStore(world.pools, world.clock);
  stores.push(store);
  return store;
}

const ORDER: LaneEntry = { key: 'order-1', concurrency: 1, keepsNewest: false, quietSeconds: 0 };
const LIMITED = { maxConcurrentRuns: 100_000 };

describe('turns of projects', () => {
  it('gives every project an equal share of a claim, however long the backlog of another is', async () => {
    for (let at = 0; at < 30; at += 1) await aQueuedRun(world);
    const others = [randomUUID(), randomUUID()].map((projectId) => ({ projectId }));
    for (const other of others) await aQueuedRun(world, other);
    const claimed = await aStore().claim(9);
    expect(claimed.map((run) => run.projectId).filter((id) => id === world.projectId)).toHaveLength(3);
    expect(claimed).toHaveLength(5);
  });

  it('begins after the project that came first last time, so that none is always behind', async () => {
    const projects = Array.from({ length: 4 }, () => randomUUID()).sort();
    for (const projectId of projects)
      for (let at = 0; at < 3; at += 1) await aQueuedRun(world, { projectId });
    const store = aStore();
    const served = [];
    for (let claim = 0; claim < 4; claim += 1) served.push((await store.claim(1))[0]?.projectId);
    expect(served).toEqual(projects);
  });

  it('does not count projects whose runs only sleep', async () => {
    for (let at = 0; at < 8; at += 1) await aQueuedRun(world);
    for (let at = 0; at < 5; at += 1) await aQueuedRun(world, { projectId: randomUUID() });
    await world.pools.ui.query(
      `update run_queue set available_at = now() + interval '1 day' where project_id <> $1`,
      [world.projectId],
    );
    expect(await aStore().claim(8)).toHaveLength(8);
  });

  it('leaves out a project that has no room left in this worker', async () => {
    const projectId = randomUUID();
    for (let at = 0; at < 5; at += 1) await aQueuedRun(world);
    for (let at = 0; at < 5; at += 1) await aQueuedRun(world, { projectId, ...(at > 2 ? LIMITED : {}) });
    const busy = new Map([
      [projectId, 0],
      [world.projectId, 2],
    ]);
    const claimed = await aStore().claim(10, busy);
    expect(claimed.map((run) => run.projectId)).toEqual([world.projectId, world.projectId]);
  });

  it('gives workflows with a limit an equal share too', async () => {
    for (let at = 0; at < 10; at += 1) await aQueuedRun(world, LIMITED);
    const workflowId = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
    await aQueuedRun(world, { ...LIMITED, workflowId });
    const claimed = await aStore().claim(4);
    expect(claimed.map((run) => run.workflowId)).toContain(workflowId);
  });
});

/** Runs of one lane, the oldest first, all claimed by one worker. */
async function claimedRuns(store: PgRunStore, count: number): Promise<ClaimedRun[]> {
  for (let at = 0; at < count; at += 1) await aQueuedRun(world, LIMITED);
  const claimed = await store.claim(50);
  return claimed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function statuses(ids: readonly string[]): Promise<unknown[]> {
  const found = await rows(
    world,
    `select id, coalesce(lane, '') || '/' || state as status from run_queue
     union all select id, status from run order by id`,
  );
  return found.filter(({ id }) => ids.includes(String(id))).map(({ status }) => status);
}

describe('a lane', () => {
  it('lets one run of a key go on at a time, in the order in which they came, and others beside it', async () => {
    const store = aStore();
    const [first, second, third, other] = await claimedRuns(store, 4);
    const entered = await Promise.all([
      store.enterLane(third!, ORDER),
      store.enterLane(second!, ORDER),
      store.enterLane(first!, ORDER),
      store.enterLane(other!, { ...ORDER, key: 'order-2' }),
    ]);
    expect(entered.map((outcome) => outcome && outcome.kind)).toEqual([
      'waits',
      'waits',
      'entered',
      'entered',
    ]);
    expect(await store.claim(10)).toEqual([]);
    await store.release(first!, 0, [], finishedAs('failed'));
    const next = await store.claim(10);
    expect(next.map(({ id, isInLane }) => [id, isInLane])).toEqual([[second!.id, true]]);
    await store.release(next[0]!, 0, [], SUCCEEDED);
    expect((await store.claim(10)).map(({ id }) => id)).toEqual([third!.id]);
  });

  it('keeps its place while a run sleeps, and has as many places as it says', async () => {
    const store = aStore();
    const [first, second, third] = await claimedRuns(store, 3);
    const two = { ...ORDER, concurrency: 2 };
    for (const run of [first!, second!, third!]) await store.enterLane(run, two);
    await store.release(first!, 0, [], { kind: 'asleep', until: Date.now() + 3_600_000 });
    expect(await store.claim(10)).toEqual([]);
    await store.release(second!, 0, [], SUCCEEDED);
    expect((await store.claim(10)).map(({ id }) => id)).toEqual([third!.id]);
  });

  it('gives a run back that was cancelled while it was about to wait', async () => {
    const store = aStore();
    const [first, second] = await claimedRuns(store, 2);
    await store.enterLane(first!, ORDER);
    await world.pools.ui.query('update run_queue set cancel_requested = true where id = $1', [second!.id]);
    expect(await store.enterLane(second!, ORDER)).toMatchObject({ kind: 'waits' });
    expect(await store.claim(10)).toMatchObject([{ id: second!.id, cancelRequested: true }]);
  });

  it('waits for an older run of the workflow that has been claimed but has not named its lane yet', async () => {
    const [one, another] = [aStore(), aStore()];
    await aQueuedRun(world, LIMITED);
    const [first] = await one.claim(1);
    await aQueuedRun(world, LIMITED);
    const [second] = await another.claim(1);
    const entering = another.enterLane(second!, ORDER);
    expect(await one.enterLane(first!, ORDER)).toMatchObject({ kind: 'entered' });
    expect(await entering).toMatchObject({ kind: 'waits' });
  });

  it('goes on without the worker that should have called the next run', async () => {
    const store = aStore();
    const [first, second] = await claimedRuns(store, 2);
    for (const run of [first!, second!]) await store.enterLane(run, ORDER);
    await world.pools.ui.query('delete from run_queue where id = $1', [first!.id]);
    expect(await store.claim(10)).toEqual([]);
    expect(await new Maintenance(world.pools, world.clock).promoteForgotten(10)).toBe(1);
    store.noteDue();
    expect((await store.claim(10)).map(({ id }) => id)).toEqual([second!.id]);
  });

  it('keeps the place of a run whose worker died, and the place in line of one that waited', async () => {
    const [first] = await claimedRuns(aStore(), 1);
    await stores[0]!.enterLane(first!, ORDER);
    await world.pools.ui.query(`update worker_lease set lease_until = now() - interval '1 second'`);
    const maintenance = new Maintenance(world.pools, world.clock);
    expect(await maintenance.reclaimExpired()).toMatchObject({ reclaimed: 1 });
    expect(await maintenance.promoteForgotten(10)).toBe(0);
    const again = (await aStore().claim(10))[0];
    expect(again).toMatchObject({ id: first!.id, isInLane: true });
  });

  it('keeps of those that wait only the newest, and says why the others were skipped', async () => {
    const store = aStore();
    const latest = { ...ORDER, keepsNewest: true };
    const [first, second, third, late] = await claimedRuns(store, 4);
    expect(await store.enterLane(first!, latest)).toMatchObject({ kind: 'entered' });
    expect(await store.enterLane(second!, latest)).toMatchObject({ kind: 'waits', skipped: [] });
    expect(await store.enterLane(late!, { ...latest, key: 'other' })).toMatchObject({ kind: 'later' });
    expect(await store.enterLane(third!, latest)).toMatchObject({ kind: 'waits', skipped: [second!.id] });
    expect(await row(world, 'select status, error from run where id = $1', [second!.id])).toEqual({
      status: 'skipped',
      error: expect.stringContaining('A newer run of the lane \\"order-1\\"'),
    });
    expect(await statuses([first!.id, third!.id])).toEqual(['limited/running', 'keyed/queued']);
  });

  it('ends a run that is older than what waits already', async () => {
    const store = aStore();
    const latest = { ...ORDER, keepsNewest: true };
    const [older, newer] = await claimedRuns(store, 2);
    await world.pools.ui.query(`update run_queue set lane_key = 'order-1' where id = $1`, [older!.id]);
    expect(await store.enterLane(newer!, latest)).toMatchObject({ kind: 'waits' });
    expect(await store.enterLane(older!, latest)).toMatchObject({
      kind: 'superseded',
      error: { code: 'superseded' },
    });
  });

  it('lets a run of a debounced lane go on when nothing newer came for a while', async () => {
    const store = aStore();
    const debounced = { ...ORDER, keepsNewest: true, quietSeconds: 60 };
    const [first, second] = await claimedRuns(store, 2);
    expect(await store.enterLane(first!, debounced)).toMatchObject({ kind: 'waits' });
    expect(await store.enterLane(second!, debounced)).toMatchObject({ kind: 'waits', skipped: [first!.id] });
    const maintenance = new Maintenance(world.pools, world.clock);
    expect(await maintenance.promoteForgotten(10)).toBe(0);
    await world.pools.ui.query(`update run_queue set available_at = available_at - interval '61 seconds'`);
    expect(await maintenance.promoteForgotten(10)).toBe(1);
    store.noteDue();
    expect((await store.claim(10)).map(({ id }) => id)).toEqual([second!.id]);
  });
});
