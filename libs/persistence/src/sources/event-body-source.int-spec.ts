import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent, aQueuedRun, aRunOf, aWorld, type World } from '../../test/fixtures.js';
import { AcceptWriter } from '../accept/accept-writer.js';
import { PgEventBodySource } from './event-body-source.js';

let world: World;
let writer: AcceptWriter;
let source: PgEventBodySource;
beforeAll(async () => {
  world = await aWorld();
  writer = new AcceptWriter(world.pools);
  source = new PgEventBodySource(world.pools.worker);
});
afterAll(() => world.close());

const BODY = Buffer.alloc(700_000, 'aä\0');

/** A run that an event began. */
async function aRunOfEvent() {
  const run = aRunOf(world);
  const headersJson = '{"content-encoding":"gzip"}';
  const event = anEvent(world, { body: BODY, contentType: 'image/png', headersJson, runs: [run] });
  await writer.accept(event);
  return { eventId: event.id, run: { id: run.id, projectId: world.projectId } };
}

/** A run that the given one waits for. */
async function aChildOf(parentRunId: string) {
  const id = await aQueuedRun(world);
  await world.pools.ui.query('update run_queue set parent_run_id = $2 where id = $1', [id, parentRunId]);
  return { id, projectId: world.projectId };
}

describe('the body of an event', () => {
  it('is there for the run that it began, and loaded when asked for', async () => {
    const { eventId, run } = await aRunOfEvent();
    const found = await source.find(run, eventId, false);
    if (found.kind !== 'found') throw new Error(found.kind);
    expect(found.body).toMatchObject({
      bytes: BODY.length,
      contentType: 'image/png',
      contentEncoding: 'gzip',
    });
    expect(BODY.equals(await found.body.load())).toBe(true);
  });

  it('is there for runs that it waits for, however deep', async () => {
    const { eventId, run } = await aRunOfEvent();
    const child = await aChildOf(run.id);
    const grandchild = await aChildOf(child.id);
    expect(await source.find(grandchild, eventId, false)).toMatchObject({ kind: 'found' });
  });

  it('is not there for other runs, in the same project or in another', async () => {
    const { eventId, run } = await aRunOfEvent();
    const other = await aRunOfEvent();
    const child = await aChildOf(run.id);
    expect(await source.find(other.run, eventId, false)).toEqual({ kind: 'foreign' });
    expect(await source.find(run, (await aRunOfEvent()).eventId, false)).toEqual({ kind: 'foreign' });
    const foreign = { id: child.id, projectId: randomUUID() };
    expect(await source.find(foreign, eventId, false)).toEqual({ kind: 'foreign' });
  });

  it('is there for the test of a step whose trigger is pinned, in its own project only', async () => {
    const { eventId, run } = await aRunOfEvent();
    const test = { id: randomUUID(), projectId: run.projectId };
    expect(await source.find(test, eventId, true)).toMatchObject({ kind: 'found' });
    const foreign = { id: test.id, projectId: randomUUID() };
    expect(await source.find(foreign, eventId, true)).toEqual({ kind: 'gone' });
  });

  it('is gone when it is no longer kept', async () => {
    const { eventId, run } = await aRunOfEvent();
    await world.pools.ui.query('delete from event where id = $1', [eventId]);
    expect(await source.find(run, eventId, false)).toEqual({ kind: 'gone' });
  });
});
