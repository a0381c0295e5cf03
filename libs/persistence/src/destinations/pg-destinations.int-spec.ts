import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Clearance } from '@hookloom/runner';
import { aWorld, row, rows, type World } from '../../test/fixtures.js';
import { PgDestinations } from './pg-destinations.js';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
beforeEach(() => world.pools.ui.query('truncate destination_turn, destination_health cascade'));
afterAll(() => world.close());

const fail = (error: unknown): never => {
  throw error;
};
const aWorker = (): PgDestinations => new PgDestinations(world.pools.worker, world.clock, fail);
const SHOP = { projectId: randomUUID(), host: 'api.example.com' };
/** Whose calls they are. */
const FLOW = randomUUID();
const FIVE = { host: SHOP.host, limit: 5 };

async function failures(worker: PgDestinations, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) worker.note(SHOP, 'it answered 503');
  await worker.settle();
}

function isWait(clearance: Clearance): clearance is Extract<Clearance, { kind: 'wait' }> {
  return clearance.kind === 'wait';
}

describe('a rate limit', () => {
  it('is shared by all workers: each call gets a turn of its own, evenly apart', async () => {
    const workers = [aWorker(), aWorker(), aWorker()];
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_none, at) => workers[at % 3]!.ask(SHOP, FIVE, FLOW)),
    );
    const turns = asked.filter(isWait).map(({ until }) => until);
    expect(new Set(turns).size).toBe(turns.length);
    const sorted = turns.toSorted((a, b) => a - b);
    for (const [at, turn] of sorted.entries())
      if (at > 0) expect(turn - sorted[at - 1]!).toBeGreaterThanOrEqual(199);
    expect(sorted.length).toBeGreaterThanOrEqual(9);
  });

  it('says what is waited for, and keeps the turn for a moment', async () => {
    const worker = aWorker();
    await worker.ask(SHOP, { host: SHOP.host, limit: 10, seconds: 60 }, FLOW);
    const second = await worker.ask(SHOP, { host: SHOP.host, limit: 10, seconds: 60 }, FLOW);
    expect(second).toMatchObject({ reason: 'Waiting for api.example.com: limit 10 in 60 s.' });
    expect(isWait(second) && second.turnUntil! - second.until).toBe(1_000);
  });

  it('holds for one host of one project', async () => {
    const worker = aWorker();
    await worker.ask(SHOP, FIVE, FLOW);
    for (const other of [
      { ...SHOP, host: 'other.example.com' },
      { ...SHOP, projectId: randomUUID() },
    ])
      expect(await worker.ask(other, FIVE, FLOW)).toEqual({ kind: 'clear' });
  });

  it('gives no turn that is very far ahead, so that a changed limit is soon felt', async () => {
    const worker = aWorker();
    const slow = { host: SHOP.host, limit: 1, seconds: 3_600 };
    await worker.ask(SHOP, slow, FLOW);
    const late = await worker.ask(SHOP, slow, FLOW);
    expect(late).toMatchObject({ kind: 'wait' });
    expect(late).not.toHaveProperty('turnUntil');
  });
});

describe('a destination that fails', () => {
  it('is called as long as it succeeds in between, and left alone after ten failures in a row', async () => {
    const worker = aWorker();
    await failures(worker, 5);
    for (let at = 0; at < 10; at += 1) worker.note(SHOP, undefined);
    await worker.settle();
    await failures(worker, 9);
    expect(await worker.ask(SHOP, undefined, FLOW)).toEqual({ kind: 'clear' });
    await failures(worker, 1);
    expect(await worker.ask(SHOP, undefined, FLOW)).toMatchObject({
      kind: 'wait',
      reason: expect.stringMatching(
        /^api\.example\.com is paused after 10 failures in a row; next try in 3\d s\. The last one: it answered 503$/,
      ),
    });
  });

  it('is left alone by all workers, whoever saw the failures', async () => {
    const [one, another] = [aWorker(), aWorker()];
    await failures(one, 5);
    await failures(another, 5);
    expect(await aWorker().ask(SHOP, undefined, FLOW)).toMatchObject({ kind: 'wait' });
    expect(await aWorker().ask({ ...SHOP, host: 'other' }, undefined, FLOW)).toEqual({ kind: 'clear' });
  });

  it('is left alone when seven of ten calls fail within a minute', async () => {
    const worker = aWorker();
    await failures(worker, 1);
    for (const problem of ['x', 'x', undefined, 'x', 'x', undefined, 'x', 'x', 'x']) {
      worker.note(SHOP, problem);
      await worker.settle();
    }
    expect(await worker.ask(SHOP, undefined, FLOW)).toMatchObject({
      reason: expect.stringContaining('paused after 8 failures in 10 calls'),
    });
  });

  it('is tried by one caller when its pause is over: that one decides', async () => {
    await failures(aWorker(), 10);
    const past = `update destination_health set open_until = now() - interval '1 second'`;
    await world.pools.ui.query(past);
    const workers = Array.from({ length: 5 }, aWorker);
    const asked = await Promise.all(workers.map((worker) => worker.ask(SHOP, undefined, FLOW)));
    expect(asked.filter(({ kind }) => kind === 'clear')).toHaveLength(1);
    const prober = workers[asked.findIndex(({ kind }) => kind === 'clear')]!;
    await failures(prober, 1);
    expect(await row(world, 'select open_until > now() as open from destination_health')).toEqual({
      open: true,
    });
    await world.pools.ui.query(past);
    const again = aWorker();
    expect(await again.ask(SHOP, undefined, FLOW)).toEqual({ kind: 'clear' });
    again.note(SHOP, undefined);
    await again.settle();
    expect(await rows(world, 'select 1 from destination_health')).toEqual([]);
    expect(await aWorker().ask(SHOP, undefined, FLOW)).toEqual({ kind: 'clear' });
  });

  it('costs nothing while all is well', async () => {
    const worker = aWorker();
    await worker.ask(SHOP, undefined, FLOW);
    worker.note(SHOP, undefined);
    await worker.settle();
    expect(await rows(world, 'select 1 from destination_health')).toEqual([]);
  });
});
