import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, row, rows, type World } from '../../test/fixtures.js';
import { PastDays } from '../../test/past-days.js';
import { DAY_MS, partitionName } from '../database/partitions.js';
import { createDataSource } from '../database/data-source.js';
import { createStore, type Store } from '../repositories/store.js';
import { EventGone, RunCommands } from '../runs/run-commands.js';
import { Retention } from './retention.js';

const LIMIT = 1_000;
const TABLES = ['event', 'run', 'run_input', 'run_journal', 'run_link', 'stored_value'];

let world: World;
let past: PastDays;
let retention: Retention;
let store: Store;
let closeStore: () => Promise<void>;
beforeAll(async () => {
  world = await aWorld();
  past = new PastDays(world);
  retention = new Retention(world.pools, world.clock);
  const source = await createDataSource(world.database.url).initialize();
  store = createStore(source);
  closeStore = () => source.destroy();
});
afterEach(async () => {
  await world.pools.ui.query(
    `truncate ${TABLES.join(', ')}, run_queue, kept, deletion, retention_rule; delete from project where key like 'other%'`,
  );
});
afterAll(async () => {
  await closeStore();
  await world.close();
});

const idsIn = async (table: string) =>
  (await rows(world, `select id from ${table} order by id`)).map(({ id }) => id);
const daysOf = async (table: string) =>
  (
    await rows(
      world,
      `select c.relname as name from pg_inherits i
  join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass`,
      [table],
    )
  ).map(({ name }) => name);

async function setRule(days: { eventDays: number; runDays: number }, projectId = world.projectId) {
  await store.retention.save(projectId, days, days, new Date(0));
}

/** Turns until nothing is left to do. */
async function turns(of = retention): Promise<string[]> {
  const dropped: string[] = [];
  for (let isMore = true; isMore;) {
    const turn = await of.takeTurn(LIMIT);
    dropped.push(...turn.dropped);
    isMore = turn.isMore;
  }
  return dropped;
}

describe('a day that is past the rule', () => {
  it('goes whole, with all that its runs had, and says when', async () => {
    await past.open(40, 30);
    const eventId = await past.event(past.noon(40));
    await past.run({ at: past.noon(40), eventId, journalParts: 2, values: 1 });
    const young = await past.event(past.noon(30));
    const dropped = await turns();
    const day = new Date(past.noon(40));
    for (const table of TABLES) {
      expect(dropped).toContain(partitionName(table, day.getTime()));
      expect(await daysOf(table)).not.toContain(partitionName(table, day.getTime()));
    }
    expect(await idsIn('event')).toEqual([young]);
    expect(await idsIn('run')).toEqual([]);
    const note = await store.retention.findDeletion(world.projectId, 'run', day);
    expect(note).toMatchObject({ days: 30 });
    expect(
      await store.retention.findDeletion(world.projectId, 'run', new Date(past.noon(30))),
    ).toBeUndefined();
  });

  it('leaves what unfinished runs and kept ones need', async () => {
    await past.open(50);
    const at = past.noon(50);
    const eventOfWaiting = await past.event(at);
    const waiting = await past.waitingRun({ at, eventId: eventOfWaiting });
    const eventOfKept = await past.event(at);
    const kept = await past.run({ at, eventId: eventOfKept, journalParts: 2, values: 2, status: 'failed' });
    const keptEvent = await past.event(at);
    const gone = await past.run({ at, eventId: await past.event(at), journalParts: 1, values: 1 });
    await store.transaction(async (inside) => {
      expect(await inside.kept.keep(world.projectId, 'run', kept, 'user:x')).toBe(true);
      expect(await inside.kept.keep(world.projectId, 'event', keptEvent, 'user:x')).toBe(true);
    });
    await turns();
    expect(await daysOf('run')).not.toContain(partitionName('run', at));
    expect(await idsIn('event')).toEqual([eventOfWaiting, eventOfKept, keptEvent]);
    expect(await idsIn('run')).toEqual([kept]);
    const parts = await rows(
      world,
      'select run_id, count(*)::int as count from run_journal group by run_id order by 1',
    );
    expect(parts).toEqual([
      { run_id: waiting, count: 1 },
      { run_id: kept, count: 2 },
    ]);
    expect(await rows(world, 'select run_id from stored_value where run_id = $1', [gone])).toEqual([]);
    expect(await rows(world, 'select from stored_value')).toHaveLength(3);
    expect(await rows(world, 'select from run_input')).toHaveLength(2);
    const retried = await new RunCommands(world.pools.ui, world.clock).retry(world.projectId, kept, []);
    expect(retried).toEqual({ kind: 'queued' });
  });

  it('leaves a run that waited for weeks until the rule has passed since its end', async () => {
    await past.open(45);
    const at = past.noon(45);
    const long = await past.run({ at, tookMs: 40 * DAY_MS });
    await past.run({ at, tookMs: 2 * DAY_MS });
    await turns();
    expect(await idsIn('run')).toEqual([long]);
    const later = { now: () => world.clock.now() + 27 * DAY_MS };
    await turns(new Retention(world.pools, later));
    expect(await idsIn('run')).toEqual([]);
  });

  it('goes in one piece while events arrive and a long look holds it up no longer than that look', async () => {
    await past.open(60);
    await past.event(past.noon(60));
    const client = await world.pools.ui.connect();
    await client.query('begin');
    await client.query('select count(*) from event');
    // The look is under way until both have ended, so neither of them can have waited for its end.
    const [held] = await Promise.all([retention.takeTurn(LIMIT), past.event(past.today)]);
    expect(held.dropped).not.toContain(partitionName('event', past.noon(60)));
    await client.query('commit');
    client.release();
    expect(await turns()).toContain(partitionName('event', past.noon(60)));
    expect(await idsIn('event')).toHaveLength(1);
  });

  it('is dropped by one of several workers', async () => {
    await past.open(70);
    await past.event(past.noon(70));
    const others = [1, 2, 3].map(() => new Retention(world.pools, world.clock));
    const names = (await Promise.all(others.map((other) => turns(other)))).flat();
    names.push(...(await turns()));
    expect(names.filter((name) => name === partitionName('event', past.noon(70)))).toHaveLength(1);
    expect(new Set(names).size).toBe(names.length);
  });

  it('goes row by row where very much of it must stay', async () => {
    await past.open(80);
    const at = past.noon(80);
    const gone = await past.event(at);
    await world.pools.ui.query(
      `with old as (
         insert into event (id, project_id, endpoint_id, received_at, status, method, query, headers, body, body_bytes, sender,
           verification, answer_status, answer_ms)
         select overlay(gen_random_uuid()::text placing left(id_at($1)::text, 13) from 1 for 13)::uuid, $2, $3, $1, 'held',
           'POST', '', '{}', '', 0, 'any', '{}', 200, 1 from generate_series(1, 2100)
         returning id)
       insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, event_id, state)
       select new_id(), $2, $4, 1, 'event', 'start', id, 'held' from old`,
      [new Date(at), world.projectId, world.endpointId, world.workflowId],
    );
    await turns();
    expect(await daysOf('event')).toContain(partitionName('event', at));
    expect(await rows(world, 'select from event where id = $1', [gone])).toEqual([]);
    expect(await rows(world, 'select from event')).toHaveLength(2_100);
    await world.pools.ui.query('truncate run_queue');
    await turns();
    expect(await rows(world, 'select from event')).toEqual([]);
  });
});

describe('projects with different rules', () => {
  it('each lose what is past their own', async () => {
    const other = String(
      (await row(world, `insert into project (key, name) values ('other', 'Other') returning id`))['id'],
    );
    await past.open(20);
    await setRule({ eventDays: 5, runDays: 10 });
    await setRule({ eventDays: 30, runDays: 30 }, other);
    const at = past.noon(20);
    const mine = await past.run({ at, eventId: await past.event(at), journalParts: 1, values: 1 });
    const theirs = await past.run({
      at,
      projectId: other,
      eventId: await past.event(at, other),
      journalParts: 1,
    });
    await turns();
    expect(await idsIn('run')).toEqual([theirs]);
    expect(await idsIn('event')).toHaveLength(1);
    expect(await rows(world, 'select run_id from run_journal')).toEqual([{ run_id: theirs }]);
    expect(await rows(world, 'select from stored_value where run_id = $1', [mine])).toEqual([]);
    expect(await store.retention.findDeletion(world.projectId, 'event', new Date(at))).toMatchObject({
      days: 5,
    });
    expect(await store.retention.findDeletion(other, 'event', new Date(at))).toBeUndefined();
  });
});

describe('a shorter rule', () => {
  it('holds from the next midnight on, and deletes just what was counted before', async () => {
    await past.open(25, 24, 23, 22, 21, 20, 18, 16);
    for (const ago of [25, 21, 20, 18, 16]) {
      const eventId = await past.event(past.noon(ago));
      await past.run({ at: past.noon(ago), eventId });
    }
    await past.run({ at: past.noon(24), tookMs: 20 * DAY_MS, eventId: await past.event(past.noon(24)) });
    const kept = await past.run({ at: past.noon(23), eventId: await past.event(past.noon(23)) });
    await past.waitingRun({ at: past.noon(22), eventId: await past.event(past.noon(22)) });
    await store.kept.keep(world.projectId, 'run', kept, 'user:x');
    const at = await store.retention.nextTurn();
    const rule = { eventDays: 18, runDays: 19 };
    const counted = await store.retention.countExpired(world.projectId, rule, at);
    expect(counted).toEqual({ events: 4, runs: 3 });
    await store.retention.save(world.projectId, rule, { eventDays: 30, runDays: 30 }, at);
    const before = { events: (await idsIn('event')).length, runs: (await idsIn('run')).length };
    await turns();
    expect(await idsIn('run')).toHaveLength(before.runs);
    await turns(new Retention(world.pools, { now: () => at.getTime() + 1_000 }));
    expect({
      events: before.events - (await idsIn('event')).length,
      runs: before.runs - (await idsIn('run')).length,
    }).toEqual(counted);
  });
});

describe('what is gone', () => {
  it('is not replayed or retried without what it began with', async () => {
    const commands = new RunCommands(world.pools.ui, world.clock);
    const eventId = await past.event(past.today);
    const failed = await past.run({ at: past.today, eventId, status: 'failed' });
    await world.pools.ui.query('truncate event');
    const run = {
      projectId: world.projectId,
      workflowId: world.workflowId,
      version: 1,
      triggerStepId: 'start',
    };
    await expect(commands.enqueue({ ...run, kind: 'replay', eventId })).rejects.toThrow(EventGone);
    expect(await commands.retry(world.projectId, failed, [])).toEqual({ kind: 'eventGone' });
    expect(await idsIn('run')).toEqual([failed]);
    expect(await idsIn('run_queue')).toEqual([]);
  });
});
