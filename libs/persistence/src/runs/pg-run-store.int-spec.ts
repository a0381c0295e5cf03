import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AcceptWriter } from '../accept/accept-writer.js';
import { Maintenance } from '../maintenance/maintenance.js';
import {
  anEntry,
  anEvent,
  aQueuedRun,
  aRunOf,
  aWorld,
  finishedAs,
  row,
  rows,
  SUCCEEDED,
  type World,
} from '../../test/fixtures.js';
import { decodeEntries } from './journal-bytes.js';
import { PgRunStore, StoredValueGone } from './pg-run-store.js';
import { RunCommands } from './run-commands.js';

let world: World;
let store: PgRunStore;
let maintenance: Maintenance;
const stores: PgRunStore[] = [];

beforeAll(async () => {
  world = await aWorld();
  maintenance = new Maintenance(world.pools, world.clock);
});
beforeEach(() => {
  store = aStore();
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map((one) => one.close()));
  await world.pools.ui.query('truncate run_queue, run, run_journal, worker_lease');
});
afterAll(() => world.close());

function aStore(leaseMs?: number): PgRunStore {
  const one = new PgRunStore(world.pools, world.clock, leaseMs === undefined ? {} : { leaseMs });
  stores.push(one);
  return one;
}

/** Ends the lease of everybody, as if all workers had been away for half a minute. */
async function endLeases(): Promise<void> {
  await world.pools.ui.query(`update worker_lease set lease_until = now() - interval '1 second'`);
}

async function claimOne(from: PgRunStore = store) {
  const claimed = await from.claim(10);
  expect(claimed).toHaveLength(1);
  return claimed[0]!;
}

describe('claim', () => {
  it('takes a run in the very instant in which it is due', async () => {
    const insert = `insert into run_queue (id, project_id, workflow_id, kind, trigger_step, state)
      values (new_id(), $1, $2, 'manual', 'start', 'queued') returning available_at <= now() as "isDue"`;
    for (let at = 0; at < 20; at += 1) {
      const { rows: due } = await world.pools.ui.query(insert, [world.projectId, world.workflowId]);
      expect(due).toEqual([{ isDue: true }]);
    }
  });

  it('brings the event with its exact bytes', async () => {
    const writer = new AcceptWriter(world.pools);
    const body = Buffer.from([0, 0xff, 0x5c, 0x27]);
    const event = anEvent(world, { body, query: 'a=1', type: 'order.paid' });
    await writer.accept(event);
    expect(await claimOne()).toMatchObject({
      id: event.runs[0]!.id,
      projectId: world.projectId,
      workflowId: world.workflowId,
      version: 1,
      kind: 'event',
      triggerStepId: 'start',
      onlyStepId: undefined,
      fence: 1,
      input: undefined,
      journal: [],
      cancelRequested: false,
      event: { id: event.id, body, query: 'a=1', type: 'order.paid', headersJson: event.headersJson },
    });
  });

  it('brings the input of a run without an event', async () => {
    await aQueuedRun(world, { input: '{"n":12345678901234567890}', onlyStepId: 'call' });
    const run = await claimOne();
    expect(run.event).toBeUndefined();
    expect(run.input).toBe('{"n":12345678901234567890}');
    expect(run.onlyStepId).toBe('call');
  });

  it('takes the oldest first and no more than asked for', async () => {
    const ids = [];
    for (let at = 0; at < 5; at += 1) ids.push(await aQueuedRun(world));
    const claimed = await store.claim(3);
    expect(claimed.map((run) => run.id)).toEqual(ids.slice(0, 3));
    expect((await store.claim(10)).map((run) => run.id)).toEqual(ids.slice(3));
  });

  it('leaves held, waiting and running runs alone', async () => {
    const [held, waiting, running] = [
      await aQueuedRun(world),
      await aQueuedRun(world),
      await aQueuedRun(world),
    ];
    await world.pools.ui.query(`update run_queue set state = 'held' where id = $1`, [held]);
    await world.pools.ui.query(
      `update run_queue set state = 'waiting', available_at = now() + interval '1 hour' where id = $1`,
      [waiting],
    );
    expect((await claimOne()).id).toBe(running);
    expect(await store.claim(10)).toEqual([]);
  });

  it('never gives one run to two workers', async () => {
    for (let at = 0; at < 300; at += 1) await aQueuedRun(world);
    const workers = Array.from({ length: 4 }, () => aStore());
    const claimed: string[] = [];
    await Promise.all(
      workers.map(async (worker) => {
        for (let runs = await worker.claim(20); runs.length > 0; runs = await worker.claim(20)) {
          claimed.push(...runs.map((run) => run.id));
        }
      }),
    );
    expect(claimed).toHaveLength(300);
    expect(new Set(claimed).size).toBe(300);
  });

  it('gives nothing to a worker whose lease is over', async () => {
    await store.heartbeat();
    await endLeases();
    await aQueuedRun(world);
    expect(await store.claim(10)).toEqual([]);
  });

  it('keeps a workflow within its limit of concurrent runs, with several workers at once', async () => {
    for (let at = 0; at < 20; at += 1) await aQueuedRun(world, { maxConcurrentRuns: 3 });
    const plain = await aQueuedRun(world);
    const workers = Array.from({ length: 4 }, () => aStore());
    const claimed = [];
    for (let round = 0; round < 3; round += 1) {
      claimed.push(...(await Promise.all(workers.map((worker) => worker.claim(10)))).flat());
    }
    expect(claimed.filter((run) => run.id !== plain)).toHaveLength(3);
    expect(claimed.map((run) => run.id)).toContain(plain);
    expect(
      await row(
        world,
        `select count(*)::int as n from run_queue where state = 'running' and lane = 'limited'`,
      ),
    ).toEqual({
      n: 3,
    });
  });

  it('gives the others where the journal of one cannot be read, and says so of that one', async () => {
    const [broken, whole] = [await aQueuedRun(world), await aQueuedRun(world)];
    for (const id of [broken, whole]) {
      const run = (await store.claim(1))[0]!;
      expect(run.id).toBe(id);
      await store.append(run, 0, [anEntry('shape')]);
      await store.release(run, 1, [], { kind: 'handedBack' });
      await world.pools.ui.query(
        `update run_queue set available_at = now() + interval '1 day' where id = $1`,
        [id],
      );
    }
    await world.pools.ui.query(`update run_queue set available_at = now() - interval '1 second'`);
    await world.pools.ui.query(`update run_journal set entries = 'no json' where run_id = $1`, [broken]);
    const claimed = await store.claim(10);
    const found = new Map(claimed.map((run) => [run.id, run.unreadableEntries]));
    expect(found).toEqual(
      new Map([
        [broken, 1],
        [whole, undefined],
      ]),
    );
  });

  it('fills a place under the limit as soon as it becomes free, and says so', async () => {
    for (let at = 0; at < 3; at += 1) await aQueuedRun(world, { maxConcurrentRuns: 1 });
    let told = 0;
    const limited = new PgRunStore(world.pools, world.clock, { onFreePlace: () => (told += 1) });
    stores.push(limited);
    for (let at = 0; at < 3; at += 1) {
      const run = await claimOne(limited);
      expect(await limited.claim(10)).toEqual([]);
      await limited.release(run, 0, [], SUCCEEDED);
    }
    expect(told).toBe(2);
  });
});

describe('release', () => {
  it('moves a finished run into history with its whole journal', async () => {
    const id = await aQueuedRun(world);
    const run = await claimOne();
    const entries = [anEntry('shape', '{"total":\n 1.10}'), anEntry('thank', undefined)];
    const error = { code: 'http_status', message: 'No.', stepId: 'thank' };
    expect(await store.release(run, 0, entries, finishedAs('failed', error))).toBe(true);
    expect(await rows(world, 'select 1 from run_queue where id = $1', [id])).toEqual([]);
    const saved = await row(world, 'select * from run where id = $1', [id]);
    expect(saved).toMatchObject({
      status: 'failed',
      error: JSON.stringify(error),
      fence: 1,
      journal_rows: 2,
      finished_at: new Date(1_760_000_000_000),
    });
    expect(decodeEntries(saved['journal'] as Buffer)).toMatchObject([
      { stepId: 'shape', output: { total: 1.1 } },
      { stepId: 'thank' },
    ]);
    expect(String(saved['journal'])).toContain('1.10');
  });

  it('puts a sleeping run aside until its time, and brings its journal back', async () => {
    await aQueuedRun(world);
    const run = await claimOne();
    await store.append(run, 0, [anEntry('one')]);
    const until = world.clock.now() + 300;
    await store.release(run, 1, [anEntry('two')], { kind: 'asleep', until });
    expect(await store.claim(10)).toEqual([]);
    let again: Awaited<ReturnType<PgRunStore['claim']>> = [];
    await expect
      .poll(async () => {
        again = await store.claim(10);
        return again.length;
      })
      .toBe(1);
    expect(world.clock.now()).toBeGreaterThanOrEqual(until);
    expect(again[0]).toMatchObject({ fence: 2, journal: [{ stepId: 'one' }, { stepId: 'two' }] });
    expect(again[0]!.spentSeconds).toBeLessThan(0.3);
  });

  it('hands a run back for anyone to claim', async () => {
    await aQueuedRun(world);
    const run = await claimOne();
    await store.release(run, 0, [], { kind: 'handedBack' });
    const other = aStore();
    expect(await claimOne(other)).toMatchObject({ id: run.id, fence: 2 });
  });

  it('counts time queued and running, not time asleep', async () => {
    const id = await aQueuedRun(world);
    await world.pools.ui.query(
      `update run_queue set available_at = now() - interval '10 seconds' where id = $1`,
      [id],
    );
    const run = await claimOne();
    expect(run.spentSeconds).toBeCloseTo(10, 0);
    await world.pools.ui.query(
      `update run_queue set claimed_at = now() - interval '5 seconds' where id = $1`,
      [id],
    );
    await store.release(run, 0, [], { kind: 'asleep', until: world.clock.now() - 1 });
    expect((await claimOne()).spentSeconds).toBeCloseTo(15, 0);
  });

  it('ends many runs of all kinds together', async () => {
    for (let at = 0; at < 60; at += 1) await aQueuedRun(world);
    const runs = await store.claim(60);
    const ends = [
      SUCCEEDED,
      { kind: 'handedBack' },
      { kind: 'asleep', until: world.clock.now() + 1e6 },
    ] as const;
    const mine = await Promise.all(
      runs.map((run, at) => store.release(run, 0, [anEntry('a')], ends[at % 3]!)),
    );
    expect(mine.every(Boolean)).toBe(true);
    expect(await row(world, 'select count(*)::int as n from run')).toEqual({ n: 20 });
    expect(
      await rows(world, 'select state, count(*)::int as n from run_queue group by state order by state'),
    ).toEqual([
      { state: 'queued', n: 20 },
      { state: 'waiting', n: 20 },
    ]);
  });
});

describe('append', () => {
  it('writes the same part again without harm, as after a lost answer', async () => {
    await aQueuedRun(world);
    const run = await claimOne();
    expect(await store.append(run, 0, [anEntry('one')])).toBe(true);
    expect(await store.append(run, 0, [anEntry('one'), anEntry('two')])).toBe(true);
    await store.release(run, 2, [], { kind: 'handedBack' });
    expect((await claimOne()).journal).toMatchObject([{ stepId: 'one' }, { stepId: 'two' }]);
  });
});

describe('a stale owner', () => {
  it('writes nothing: no journal, no value, no end', async () => {
    await aQueuedRun(world);
    const run = await claimOne();
    await endLeases();
    expect(await maintenance.reclaimExpired()).toEqual({ reclaimed: 1, givenUp: 0 });
    expect(await store.append(run, 0, [anEntry('late')])).toBe(false);
    await expect(store.storeValue(run, '"late"')).rejects.toMatchObject({ code: 'run_not_owned' });
    expect(await store.release(run, 0, [anEntry('late')], SUCCEEDED)).toBe(false);
    expect(await rows(world, 'select 1 from run')).toEqual([]);
    expect(await rows(world, 'select 1 from run_journal')).toEqual([]);
  });

  it('cannot write while the next owner works', async () => {
    await aQueuedRun(world);
    const run = await claimOne();
    await endLeases();
    await maintenance.reclaimExpired();
    const other = aStore();
    await other.heartbeat();
    let theirs: Awaited<ReturnType<PgRunStore['claim']>> = [];
    await expect
      .poll(async () => {
        theirs = await other.claim(10);
        return theirs.length;
      })
      .toBe(1);
    expect(await store.release(run, 0, [], SUCCEEDED)).toBe(false);
    expect(await other.release(theirs[0]!, 0, [], SUCCEEDED)).toBe(true);
    expect(await row(world, 'select fence from run')).toEqual({ fence: 3 });
  });

  it('is told at the next heartbeat, and begins anew at the one after', async () => {
    await store.heartbeat();
    await endLeases();
    expect(await store.heartbeat()).toEqual({ alive: false, cancelled: [] });
    expect(await store.heartbeat()).toEqual({ alive: true, cancelled: [] });
    await aQueuedRun(world);
    await claimOne();
  });

  it('leaves what is in hand to others when it gives the lease up, and begins anew at once', async () => {
    const id = await aQueuedRun(world);
    const old = await claimOne();
    store.abandon();
    expect(await store.release(old, 0, [], SUCCEEDED)).toBe(false);
    expect(await store.claim(10)).toEqual([]);
    await store.heartbeat();
    await world.pools.ui.query(`update worker_lease set lease_until = now() - interval '1 second'
      where owner = (select owner from run_queue)`);
    expect(await maintenance.reclaimExpired()).toEqual({ reclaimed: 1, givenUp: 0 });
    expect((await claimOne()).id).toBe(id);
  });

  it('ends at once when it was given up while it was renewed', async () => {
    await aQueuedRun(world);
    await claimOne();
    const renewing = store.heartbeat();
    store.abandon();
    expect(await renewing).toEqual({ alive: true, cancelled: [] });
    expect(await rows(world, 'select from worker_lease')).toEqual([]);
  });

  it('does not hand over what was claimed under a lease that was given up meanwhile', async () => {
    await aQueuedRun(world);
    await store.heartbeat();
    const claiming = store.claim(10);
    store.abandon();
    expect(await claiming).toEqual([]);
  });

  it('is one, whoever begins it first', async () => {
    await Promise.all([store.heartbeat(), store.claim(1), store.heartbeat()]);
    expect(await rows(world, 'select from worker_lease')).toHaveLength(1);
  });

  it('knows by itself that a renewal was not sent in time', async () => {
    const slow = aStore(30);
    await slow.heartbeat();
    await world.pools.ui.query(`update worker_lease set lease_until = now() + interval '1 hour'`);
    await expect.poll(() => slow.heartbeat()).toMatchObject({ alive: false });
  });
});

describe('heartbeat', () => {
  it('keeps runs from being reclaimed', async () => {
    await aQueuedRun(world);
    await claimOne();
    await store.heartbeat();
    expect(await maintenance.reclaimExpired()).toEqual({ reclaimed: 0, givenUp: 0 });
  });

  it('names runs that a person wants to end', async () => {
    const id = await aQueuedRun(world);
    await claimOne();
    const commands = new RunCommands(world.pools.ui, world.clock);
    expect(await commands.cancel(world.projectId, id)).toBe('requested');
    expect(await store.heartbeat()).toEqual({ alive: true, cancelled: [id] });
  });

  it('hands back what a claim owned when its answer was lost', async () => {
    const id = await aQueuedRun(world);
    await store.heartbeat();
    await world.pools.ui.query(
      `update run_queue set state = 'running', owner = (select owner from worker_lease), claimed_at = now() - interval '20 seconds'`,
    );
    await store.heartbeat();
    expect((await claimOne()).id).toBe(id);
  });
});

describe('reclaim', () => {
  it('ends a run that killed three workers, and only that one', async () => {
    const killer = await aQueuedRun(world);
    for (let death = 1; death <= 3; death += 1) {
      const worker = aStore();
      await worker.heartbeat();
      await expect.poll(async () => (await worker.claim(10)).map((run) => run.id)).toContain(killer);
      const innocent = await aQueuedRun(world);
      expect((await worker.claim(10)).map((run) => run.id)).toContain(innocent);
      await endLeases();
      await maintenance.reclaimExpired();
    }
    expect(await row(world, 'select id, status, error from run')).toMatchObject({
      id: killer,
      status: 'failed',
      error: expect.stringContaining('worker_died'),
    });
    expect(await rows(world, `select distinct state from run_queue`)).toEqual([{ state: 'queued' }]);
  });

  it('lets each of two workers that reclaim at once take other runs', async () => {
    for (let at = 0; at < 50; at += 1) await aQueuedRun(world);
    await store.claim(50);
    await endLeases();
    const done = await Promise.all([maintenance.reclaimExpired(), maintenance.reclaimExpired()]);
    expect(done[0].reclaimed + done[1].reclaimed).toBe(50);
  });
});

describe('stored values', () => {
  it('are found by their own project only', async () => {
    await aQueuedRun(world);
    const run = await claimOne();
    const json = JSON.stringify({ text: 'ä'.repeat(40_000) });
    const { ref, bytes } = await store.storeValue(run, json);
    expect(bytes).toBe(Buffer.byteLength(json));
    expect(await store.loadValue(world.projectId, ref)).toBe(json);
    await expect(store.loadValue(world.clock.newId(), ref)).rejects.toThrow(StoredValueGone);
  });
});

describe('a large body', () => {
  it.each([40_000, 1_300_000])('of %i bytes is loaded when it is read', async (size) => {
    const body = Buffer.alloc(size, 'aä\0');
    const writer = new AcceptWriter(world.pools);
    await writer.accept(anEvent(world, { body }));
    const { event } = await claimOne();
    const load = event?.body;
    expect(typeof load === 'function' && body.equals(await load())).toBe(true);
  });
});

describe('events of several workflows', () => {
  it('become one claimed run each, with the same event', async () => {
    const writer = new AcceptWriter(world.pools);
    const event = anEvent(world, { runs: [aRunOf(world), aRunOf(world)] });
    await writer.accept(event);
    const claimed = await store.claim(10);
    expect(claimed.map((run) => run.event?.id)).toEqual([event.id, event.id]);
  });
});
