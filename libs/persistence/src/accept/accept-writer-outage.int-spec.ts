import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { anEvent, aWorld, rows, type World } from '../../test/fixtures.js';
import { startTcpProxy, type TcpProxy } from '../../test/tcp-proxy.js';
import { createPools, type Pools } from '../database/pools.js';
import { AcceptWriter } from './accept-writer.js';

let world: World;
let proxy: TcpProxy;
let pools: Pools;
let writer: AcceptWriter;
beforeAll(async () => {
  world = await aWorld();
  proxy = await startTcpProxy(world.database.url);
  pools = createPools(proxy.url);
  writer = new AcceptWriter(pools, { holdMs: 800 });
});
afterEach(() => {
  proxy.thaw();
  proxy.restore();
});
afterAll(async () => {
  await writer.close();
  await pools.close();
  await proxy.close();
  await world.close();
});

const storedIds = async (ids: string[]) =>
  (await rows(world, 'select id from event where id = any($1)', [ids])).map((row) => row['id']);

describe('AcceptWriter while the database is away', () => {
  it('holds events through a short outage and stores each once', async () => {
    await writer.accept(anEvent(world));
    proxy.cut();
    const events = Array.from({ length: 30 }, (_, at) =>
      anEvent(world, at % 2 ? {} : { dedupeKey: undefined }),
    );
    const outcomes = Promise.all(events.map((event) => writer.accept(event)));
    setTimeout(() => proxy.restore(), 300);
    expect(await outcomes).toEqual(events.map(() => ({ kind: 'stored' })));
    expect(await storedIds(events.map((event) => event.id))).toHaveLength(30);
    const runs = await rows(world, 'select 1 from run_queue where event_id = any($1)', [
      events.map(({ id }) => id),
    ]);
    expect(runs).toHaveLength(30);
  });

  it('answers within its time although a frozen connection never does, and recovers by itself', async () => {
    await writer.accept(anEvent(world));
    proxy.freeze();
    const event = anEvent(world);
    await expect(writer.accept(event)).rejects.toMatchObject({ code: 'storage_unavailable' });
    proxy.thaw();
    await expect
      .poll(
        () =>
          writer.accept(anEvent(world)).then(
            () => 'stored',
            () => 'away',
          ),
        { timeout: 10_000 },
      )
      .toBe('stored');
  });

  it('acknowledges nothing that is missing afterwards, whenever connections break', async () => {
    const acknowledged: string[] = [];
    let isOver = false;
    const callers = Array.from({ length: 20 }, async () => {
      while (!isOver) {
        const event = anEvent(world);
        const outcome = await writer.accept(event).catch(() => undefined);
        if (outcome?.kind === 'stored') acknowledged.push(event.id);
      }
    });
    for (let round = 0; round < 5; round += 1) {
      const before = acknowledged.length;
      await expect.poll(() => acknowledged.length, { interval: 5 }).toBeGreaterThan(before + 100);
      proxy.cut();
      setTimeout(() => proxy.restore(), 100);
    }
    isOver = true;
    await Promise.all(callers);
    expect(await storedIds(acknowledged)).toHaveLength(acknowledged.length);
    const runs = await rows(world, 'select distinct event_id from run_queue where event_id = any($1)', [
      acknowledged,
    ]);
    expect(runs).toHaveLength(acknowledged.length);
  });

  it('refuses at once what would be too much to hold', async () => {
    await writer.accept(anEvent(world));
    proxy.freeze();
    const body = Buffer.alloc(16 * 1024 * 1024);
    const held = Array.from({ length: 12 }, () =>
      writer.accept(anEvent(world, { body })).catch((error) => error.message),
    );
    const refused = (await Promise.all(held)).filter((message) => /Too much/.test(message));
    expect(refused.length).toBeGreaterThan(4);
  });
});
