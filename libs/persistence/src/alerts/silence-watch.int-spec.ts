import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AcceptWriter } from '../accept/accept-writer.js';
import { lowestId } from '../database/partitions.js';
import { anEvent, aWorld, rows, type World } from '../../test/fixtures.js';
import { SilenceWatch } from './silence-watch.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let world: World;
let writer: AcceptWriter;
beforeAll(async () => {
  world = await aWorld();
  writer = new AcceptWriter(world.pools);
  await world.pools.ui.query(
    `insert into endpoint_route (endpoint_id, workflow_id, step_id, project_id, version)
     values ($1, $2, 'hook', $3, 1)`,
    [world.endpointId, world.workflowId, world.projectId],
  );
});
beforeEach(async () => {
  await world.pools.ui.query(
    `truncate event, event_key, endpoint_watch, alert; update endpoint set settings = '{}'`,
  );
});
afterAll(async () => {
  await writer.close();
  await world.close();
});

async function eventsAt(times: readonly number[]): Promise<string[]> {
  const events = times.map((at) =>
    anEvent(world, { id: lowestId(at), receivedAt: new Date(at), status: 'captured', runs: [] }),
  );
  await Promise.all(events.map((event) => writer.accept(event)));
  return events.map(({ id }) => id);
}

/** Looks as if it were then. */
async function lookAt(now: number): Promise<void> {
  await world.pools.ui.query(
    `update endpoint_watch set check_at = now() - interval '1 second', learned_at = null`,
  );
  await new SilenceWatch(world.pools.ui, { now: () => now }).takeTurn(10);
}

const alerts = () => rows(world, 'select error, recovered_at is not null as "isOver" from alert order by id');
const every7Minutes = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => from + at * 7 * MINUTE);

it('tells of a silence once, after what is usual for the endpoint, and when it is over', async () => {
  const begin = Math.floor((world.clock.now() - 4 * 24 * HOUR) / HOUR) * HOUR;
  const regular = every7Minutes(begin, 800);
  const last = regular.at(-1) ?? 0;
  await eventsAt(regular);
  await lookAt(last + 50 * MINUTE);
  expect(await alerts()).toEqual([]);
  await lookAt(last + 57 * MINUTE);
  await lookAt(last + 90 * MINUTE);
  expect(await alerts()).toEqual([{ error: 'No event for 56 min; normally every 7 min.', isOver: false }]);
  await eventsAt([last + 100 * MINUTE]);
  await lookAt(last + 101 * MINUTE);
  expect(await alerts()).toMatchObject([{ isOver: false }]);
  await eventsAt([last + 107 * MINUTE]);
  await lookAt(last + 108 * MINUTE);
  expect(await alerts()).toMatchObject([{ isOver: true }]);
});

it('counts refused requests as silence', async () => {
  const now = world.clock.now();
  await world.pools.ui.query(`update endpoint set settings = '{"silence":{"mode":"after","minutes":60}}'`);
  await eventsAt([now - 3 * HOUR, now - 2 * HOUR]);
  const refused = await eventsAt(every7Minutes(now - HOUR, 8));
  await world.pools.ui.query(`update event set status = 'rejected' where id = any($1)`, [refused]);
  await lookAt(now);
  expect(await alerts()).toMatchObject([{ error: 'No event for 60 min.' }]);
});

it.each([
  ['it is switched off', `update endpoint set settings = '{"silence":{"mode":"off"}}'`],
  ['nothing live starts from it', 'update endpoint_route set paused = true'],
])('says nothing where %s', async (_why, change) => {
  const now = world.clock.now();
  await world.pools.ui.query(`update endpoint set settings = '{"silence":{"mode":"after","minutes":5}}'`);
  await world.pools.ui.query(change);
  await eventsAt([now - 3 * HOUR, now - 2 * HOUR]);
  await lookAt(now);
  expect(await alerts()).toEqual([]);
  await world.pools.ui.query('update endpoint_route set paused = false');
});

it('lets each endpoint be looked at by one of several workers', async () => {
  await new SilenceWatch(world.pools.ui, world.clock).takeTurn(10);
  await world.pools.ui.query(`update endpoint_watch set check_at = now() - interval '1 second'`);
  const looks = await Promise.all(
    Array.from({ length: 5 }, () => new SilenceWatch(world.pools.ui, world.clock).takeTurn(10)),
  );
  expect(looks.reduce((sum, count) => sum + count, 0)).toBe(1);
});
