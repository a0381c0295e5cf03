import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent, aRunOf, aWorld, idOf, row, rows, type World } from '../../test/fixtures.js';
import { UuidV7Generator } from '../database/uuid-v7.js';
import { AcceptWriter } from './accept-writer.js';

let world: World;
let writer: AcceptWriter;
beforeAll(async () => {
  world = await aWorld();
  writer = new AcceptWriter(world.pools);
});
afterAll(async () => {
  await writer.close();
  await world.close();
});

describe('AcceptWriter', () => {
  it('stores an event with the exact bytes of its body and one queued run', async () => {
    const body = Buffer.from([0, 1, 0xff, 0xfe, 0x22]);
    const event = anEvent(world, { body, flags: ['dedupe_failed'], query: 'a=1&a=2' });
    expect(await writer.accept(event)).toEqual({ kind: 'stored' });
    const stored = await row(world, 'select * from event where id = $1', [event.id]);
    expect(stored).toMatchObject({
      status: 'accepted',
      body,
      body_bytes: 5,
      query: 'a=1&a=2',
      flags: '["dedupe_failed"]',
      dedupe_key: event.dedupeKey,
      answer_status: 200,
      received_at: new Date(Math.round(event.receivedAt.getTime())),
    });
    expect(await row(world, 'select * from run_queue where event_id = $1', [event.id])).toMatchObject({
      id: event.runs[0]!.id,
      state: 'queued',
      kind: 'event',
      version: 1,
      trigger_step: 'start',
      fence: 0,
      lane: null,
    });
  });

  it('starts one run for each workflow, and none for a captured event', async () => {
    const both = anEvent(world, {
      runs: [aRunOf(world), aRunOf(world, { state: 'held', maxConcurrentRuns: 3 })],
    });
    const captured = anEvent(world, { status: 'captured', runs: [] });
    expect(await Promise.all([writer.accept(both), writer.accept(captured)])).toEqual([
      { kind: 'stored' },
      { kind: 'stored' },
    ]);
    const queued = await rows(world, 'select state, lane from run_queue where event_id = $1 order by id', [
      both.id,
    ]);
    expect(queued).toEqual([
      { state: 'queued', lane: null },
      { state: 'held', lane: 'limited' },
    ]);
    expect(await rows(world, 'select 1 from run_queue where event_id = $1', [captured.id])).toEqual([]);
  });

  it('answers a repeat with the first event and logs it as an event of its own', async () => {
    const first = anEvent(world, { dedupeKey: 'delivery-1' });
    const repeat = anEvent(world, { dedupeKey: 'delivery-1' });
    await writer.accept(first);
    expect(await writer.accept(repeat)).toEqual({ kind: 'duplicate', of: first.id });
    expect(await row(world, 'select status, duplicate_of from event where id = $1', [repeat.id])).toEqual({
      status: 'duplicate',
      duplicate_of: first.id,
    });
    expect(await rows(world, 'select 1 from run_queue where event_id = $1', [repeat.id])).toEqual([]);
  });

  it('stores one of many equal keys that arrive together', async () => {
    const events = Array.from({ length: 50 }, () => anEvent(world, { dedupeKey: 'delivery-2' }));
    const outcomes = await Promise.all(events.map((event) => writer.accept(event)));
    const stored = events.filter((_, at) => outcomes[at]!.kind === 'stored');
    expect(stored).toHaveLength(1);
    expect(
      outcomes.filter((outcome) => outcome.kind === 'duplicate' && outcome.of === stored[0]!.id),
    ).toHaveLength(49);
  });

  it('lets many writers race for the same keys without a deadlock, and each key has one winner', async () => {
    const writers = Array.from({ length: 4 }, () => new AcceptWriter(world.pools));
    const keys = Array.from({ length: 100 }, (_, at) => `raced-${at}`);
    const outcomes = await Promise.all(
      writers.flatMap((one) =>
        keys
          .toSorted(() => Math.random() - 0.5)
          .map((dedupeKey) => one.accept(anEvent(world, { dedupeKey }))),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.kind === 'stored')).toHaveLength(100);
    expect(outcomes.filter((outcome) => outcome.kind === 'duplicate')).toHaveLength(300);
  });

  it('takes a key again once its window is over', async () => {
    const first = anEvent(world, { dedupeKey: 'delivery-3', dedupeWindowSeconds: 0 });
    const later = anEvent(world, { dedupeKey: 'delivery-3' });
    await writer.accept(first);
    expect(await writer.accept(later)).toEqual({ kind: 'stored' });
  });

  it('measures by the window in force now, not by the one when the key was first seen', async () => {
    const aMinuteAgo = new UuidV7Generator().next(Date.now() - 60_000);
    const first = anEvent(world, {
      id: aMinuteAgo,
      runs: [],
      dedupeKey: 'shortened',
      dedupeWindowSeconds: 600,
    });
    await writer.accept(first);
    const again = (dedupeWindowSeconds: number) =>
      writer.accept(anEvent(world, { dedupeKey: 'shortened', dedupeWindowSeconds }));
    expect(await again(120)).toMatchObject({ kind: 'duplicate' });
    expect(await again(30)).toEqual({ kind: 'stored' });
  });

  it('keeps equal event ids of two endpoints apart', async () => {
    const endpointId = await idOf(
      world,
      `insert into endpoint (project_id, key, name, settings) values ($1, 'other', 'Other', '{}') returning id`,
      [world.projectId],
    );
    await writer.accept(anEvent(world, { dedupeKey: 'delivery-4' }));
    const outcome = await writer.accept(anEvent(world, { dedupeKey: 'delivery-4', endpointId }));
    expect(outcome).toEqual({ kind: 'stored' });
  });

  it('stores two equal events without a key twice', async () => {
    const events = [anEvent(world, { dedupeKey: undefined }), anEvent(world, { dedupeKey: undefined })];
    const outcomes = await Promise.all(events.map((event) => writer.accept(event)));
    expect(outcomes).toEqual([{ kind: 'stored' }, { kind: 'stored' }]);
  });

  it.each(['with', 'without'])('recognises its own earlier try %s a key', async (key) => {
    const event = anEvent(world, { dedupeKey: key === 'with' ? 'delivery-5' : undefined });
    await writer.accept(event);
    expect(await writer.accept(event)).toEqual({ kind: 'stored' });
    expect(await rows(world, 'select 1 from run_queue where event_id = $1', [event.id])).toHaveLength(1);
  });

  it('keeps text that PostgreSQL cannot hold from failing the event', async () => {
    const event = anEvent(world, { type: 'a\0b', dedupeKey: 'x\0\ud800', headersJson: '{"a":"\\u0000"}' });
    expect(await writer.accept(event)).toEqual({ kind: 'stored' });
    expect(await row(world, 'select type, headers from event where id = $1', [event.id])).toEqual({
      type: 'a\ufffdb',
      headers: '{"a":"\\u0000"}',
    });
  });

  it('logs requests that start nothing without touching keys or runs', async () => {
    const { runs: _runs, ...event } = anEvent(world);
    await writer.record({ ...event, status: 'rejected', reason: 'unverified', dedupeKey: 'delivery-6' });
    expect(await row(world, 'select status, reason from event where id = $1', [event.id])).toEqual({
      status: 'rejected',
      reason: 'unverified',
    });
    expect(await writer.accept(anEvent(world, { dedupeKey: 'delivery-6' }))).toEqual({ kind: 'stored' });
  });
});

describe('AcceptWriter refuses', () => {
  it('what was decided at an older revision of the endpoint, and nothing else of that batch', async () => {
    const stale = anEvent(world, { endpointRevision: 7 });
    const fresh = anEvent(world);
    const gone = anEvent(world, { endpointId: world.clock.newId() });
    expect(await Promise.all([stale, fresh, gone].map((event) => writer.accept(event)))).toEqual([
      { kind: 'stale' },
      { kind: 'stored' },
      { kind: 'stale' },
    ]);
    expect(await rows(world, 'select 1 from event where id = any($1)', [[stale.id, gone.id]])).toEqual([]);
  });

  it('only the event whose values the database refuses, not its batch', async () => {
    const bad = anEvent(world, {
      answerStatus: 200,
      endpointId: world.endpointId,
      projectId: world.projectId,
    });
    const broken = { ...bad, runs: [{ ...bad.runs[0]!, state: 'nonsense' as 'queued' }] };
    const good = anEvent(world);
    const outcomes = await Promise.allSettled([writer.accept(broken), writer.accept(good)]);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { code: 'storage_unavailable' } });
    expect(outcomes[1]).toEqual({ status: 'fulfilled', value: { kind: 'stored' } });
  });

  it('new runs while too many wait, but not events that start none', async () => {
    const small = new AcceptWriter(world.pools, { waitingRuns: 0 });
    await expect.poll(() => small.accept(anEvent(world))).toEqual({ kind: 'full' });
    expect(await small.accept(anEvent(world, { status: 'captured', runs: [] }))).toEqual({ kind: 'stored' });
    await small.close();
  });

  it('new events once it is closed', async () => {
    const closed = new AcceptWriter(world.pools);
    await closed.close();
    await expect(closed.accept(anEvent(world))).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});
