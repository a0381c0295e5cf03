import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AcceptWriter } from '../accept/accept-writer.js';
import {
  anEvent,
  aQueuedRun,
  aRunOf,
  aWorld,
  idOf,
  row,
  rows,
  SUCCEEDED,
  type World,
} from '../../test/fixtures.js';
import { lowestId, partitionName } from '../database/partitions.js';
import { PgRunStore } from '../runs/pg-run-store.js';
import { RunCommands } from '../runs/run-commands.js';
import { Maintenance } from './maintenance.js';
import { DROP_HELD, RELEASE_HELD } from './maintenance.sql.js';
import { queueHealth } from './queue-health.js';

const HOUR_MS = 3_600_000;
const COPY_OF_WORKFLOW = `insert into workflow (project_id, key, name, definition, live_version)
  select project_id, 'other', 'Other', definition, 1 from workflow returning id`;
const SOMEBODY_WAITS = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

let world: World;
let writer: AcceptWriter;
let maintenance: Maintenance;
beforeAll(async () => {
  world = await aWorld();
  writer = new AcceptWriter(world.pools);
  maintenance = new Maintenance(world.pools, world.clock);
});
afterEach(async () => {
  await setWorkflow({ paused: false, live: 1 });
  await world.pools.ui.query('truncate run_queue, run, event, event_key');
});
afterAll(async () => {
  await writer.close();
  await world.close();
});

async function setWorkflow({ paused, live }: { paused: boolean; live: number | null }): Promise<void> {
  await world.pools.ui.query('update workflow set paused = $1, live_version = $2, updated_at = now()', [
    paused,
    live,
  ]);
}

async function aHeldEvent() {
  const event = anEvent(world, { status: 'held', runs: [aRunOf(world, { state: 'held' })] });
  await writer.accept(event);
  return event;
}

const statusOf = async (eventId: string) =>
  (await row(world, 'select status from event where id = $1', [eventId]))['status'];

describe('logins', () => {
  it('are forgotten once they are over, and so are counters of attempts', async () => {
    const { ui } = world.pools;
    await ui.query(`insert into app_user (email, name, password_hash) values ('a@b.test', 'A', 'x')`);
    await ui.query(`insert into session (token_hash, user_id, expires_at)
      select token, id, until from app_user, (values ('\\x01'::bytea, now() - interval '1 second'),
        ('\\x02'::bytea, now() + interval '1 hour')) as s (token, until)`);
    await ui.query(`insert into login_throttle (key, points, expire) values
      ('over', 1, extract(epoch from now()) * 1000 - 1), ('now', 1, extract(epoch from now()) * 1000 + 60000)`);
    await maintenance.forgetLogins();
    expect(await rows(world, `select encode(token_hash, 'hex') as token from session`)).toEqual([
      { token: '02' },
    ]);
    expect(await rows(world, 'select key from login_throttle')).toEqual([{ key: 'now' }]);
  });
});

describe('held runs', () => {
  it('go on as far as allowed once their workflow is resumed, and their events become accepted', async () => {
    await setWorkflow({ paused: true, live: 1 });
    const events = [await aHeldEvent(), await aHeldEvent(), await aHeldEvent()];
    expect(await maintenance.releaseHeld(10)).toBe(0);
    await setWorkflow({ paused: false, live: 1 });
    expect(await maintenance.releaseHeld(2)).toBe(2);
    expect(await Promise.all(events.map((event) => statusOf(event.id)))).toEqual([
      'accepted',
      'accepted',
      'held',
    ]);
    expect(await maintenance.releaseHeld(10)).toBe(1);
    expect(await rows(world, 'select distinct state from run_queue')).toEqual([{ state: 'queued' }]);
  });

  it('are dropped once their workflow is no longer live, and their events become captured', async () => {
    const event = await aHeldEvent();
    const runs = [aRunOf(world, { state: 'held' }), aRunOf(world, { state: 'held' })];
    const both = anEvent(world, { status: 'held', runs });
    await writer.accept(both);
    await setWorkflow({ paused: true, live: null });
    expect(await maintenance.dropHeld(10)).toBe(3);
    expect(await statusOf(event.id)).toBe('captured');
    expect(await statusOf(both.id)).toBe('captured');
    expect(await rows(world, 'select 1 from run_queue')).toEqual([]);
  });

  it('of one event that two workers drop in the same moment leave it captured', async () => {
    const { ui } = world.pools;
    const other = await idOf(world, COPY_OF_WORKFLOW);
    const runs = [aRunOf(world, { state: 'held' }), aRunOf(world, { state: 'held', workflowId: other })];
    const event = anEvent(world, { status: 'held', runs });
    await writer.accept(event);
    await setWorkflow({ paused: true, live: null });
    const first = await ui.connect();
    await first.query('begin');
    expect((await first.query(DROP_HELD, [10, other])).rows).toEqual([{ count: 1 }]);
    await maintenance.dropHeld(10);
    await first.query('commit');
    first.release();
    await maintenance.dropHeld(10);
    expect(await statusOf(event.id)).toBe('captured');
    expect(await rows(world, 'select 1 from run_queue')).toEqual([]);
    await ui.query('delete from workflow where id = $1', [other]);
  });

  it('do not slip through a pause, a resume and another pause within one look', async () => {
    const { ui } = world.pools;
    const old = lowestId(world.clock.now() - HOUR_MS);
    const now = () => world.clock.now();
    const { projectId, workflowId } = world;
    const run = { projectId, workflowId, version: 1, kind: 'manual', triggerStepId: 'start' } as const;
    await new RunCommands(ui, { now, newId: () => old }).enqueue(run);
    await setWorkflow({ paused: true, live: 1 });
    expect(await maintenance.holdPaused(10)).toBe(1);
    await setWorkflow({ paused: false, live: 1 });
    expect(await maintenance.releaseHeld(10)).toBe(1);
    await setWorkflow({ paused: true, live: 1 });
    expect(await maintenance.holdPaused(10)).toBe(1);
    expect(await rows(world, 'select id, state from run_queue')).toEqual([{ id: old, state: 'held' }]);
  });

  it('that are being released are waited for by a pause', async () => {
    const { ui } = world.pools;
    await aQueuedRun(world, { state: 'held' });
    const releasing = await ui.connect();
    await releasing.query('begin');
    expect((await releasing.query(RELEASE_HELD, [10, null])).rows).toEqual([{ count: 1 }]);
    const pausing = ui.query('update workflow set paused = true').then(() => 'paused');
    await vi.waitUntil(async () => (await rows(world, SOMEBODY_WAITS)).length > 0, { timeout: 20_000 });
    await releasing.query('commit');
    releasing.release();
    expect(await pausing).toBe('paused');
    expect(await maintenance.holdPaused(10)).toBe(1);
  });

  it('that were accepted before the pause go on though their workflow is unpublished, and no others', async () => {
    const accepted = anEvent(world, { runs: [aRunOf(world, { state: 'held' })] });
    await writer.accept(accepted);
    const byHand = await aQueuedRun(world, { state: 'held' });
    await aHeldEvent();
    await setWorkflow({ paused: false, live: null });
    expect(await maintenance.releaseHeld(10)).toBe(2);
    const queued = await rows(world, `select id from run_queue where state = 'queued' order by id`);
    expect(queued.map(({ id }) => id)).toEqual([accepted.runs[0]!.id, byHand]);
  });

  it('are those of a paused workflow that have not started, except drafts', async () => {
    await setWorkflow({ paused: true, live: 1 });
    const queued = await aQueuedRun(world);
    const draft = await aQueuedRun(world, { version: null });
    const started = await aQueuedRun(world);
    await world.pools.ui.query('update run_queue set started_at = now() where id = $1', [started]);
    expect(await maintenance.holdPaused(10)).toBe(1);
    expect(await rows(world, `select id from run_queue where state = 'held'`)).toEqual([{ id: queued }]);
    expect(await rows(world, `select id from run_queue where state = 'queued' order by id`)).toEqual([
      { id: draft },
      { id: started },
    ]);
  });
});

describe('a run that is given up', () => {
  it('starts the error run of its workflow once', async () => {
    const definition = {
      format: 1,
      steps: [
        { id: 'start', type: 'trigger.manual', config: {} },
        { id: 'off', type: 'trigger.error', config: {}, disabled: true },
        { id: 'failed', type: 'trigger.error', config: {} },
      ],
      edges: [],
      settings: {},
    };
    await world.pools.ui.query(
      `insert into workflow_version (workflow_id, project_id, version, definition) values ($1, $2, 1, $3)`,
      [world.workflowId, world.projectId, JSON.stringify(definition)],
    );
    const id = await aQueuedRun(world);
    await world.pools.ui.query(
      `update run_queue set state = 'running', owner = new_id(), claimed_at = now(), started_at = now(), deaths = 2`,
    );
    expect(await maintenance.reclaimExpired()).toEqual({ reclaimed: 0, givenUp: 1 });
    expect(await maintenance.reclaimExpired()).toEqual({ reclaimed: 0, givenUp: 0 });
    const text = `select q.kind, q.trigger_step, q.version, i.input from run_queue q join run_input i on i.run_id = q.id`;
    const { input, ...errorRun } = await row(world, text);
    expect(errorRun).toEqual({ kind: 'error', trigger_step: 'failed', version: 1 });
    expect(JSON.parse(String(input))).toMatchObject({
      run: { id, kind: 'manual', workflowKey: 'flow' },
      step: null,
      error: { code: 'worker_died' },
    });
    await world.pools.ui.query('truncate run_input');
    await world.pools.ui.query('delete from workflow_version');
  });
});

describe('an event whose server died while its request was held', () => {
  it('says that it was not answered, once no request can be held any more', async () => {
    const old = anEvent(world, { id: lowestId(world.clock.now() - 600_000), answerStatus: 0 });
    const recent = anEvent(world, { answerStatus: 0 });
    for (const event of [old, recent]) await writer.accept(event);
    const fresh = new Maintenance(world.pools, world.clock);
    expect(await fresh.noteUnanswered()).toBe(1);
    expect(await fresh.noteUnanswered()).toBe(0);
    expect(await rows(world, 'select id, answer_status from event order by id')).toEqual([
      { id: old.id, answer_status: 499 },
      { id: recent.id, answer_status: 0 },
    ]);
  });
});

describe('keys', () => {
  it('are forgotten in parts when their window is over', async () => {
    await Promise.all(
      [0, 0, 0, 600].map((dedupeWindowSeconds) => writer.accept(anEvent(world, { dedupeWindowSeconds }))),
    );
    expect(await maintenance.expireKeys(2)).toBe(2);
    expect(await maintenance.expireKeys(2)).toBe(1);
    expect(await row(world, 'select count(*)::int as n from event_key')).toEqual({ n: 1 });
  });
});

describe('partitions', () => {
  it('are made ahead, and take the rows that a wrong clock had put aside', async () => {
    expect(await maintenance.makePartitions()).toEqual([]);
    const inTenDays = world.clock.now() + 10 * 86_400_000;
    const event = anEvent(world, { id: lowestId(inTenDays), status: 'captured', runs: [] });
    await writer.accept(event);
    expect(
      await row(world, 'select tableoid::regclass::text as t from event where id = $1', [event.id]),
    ).toEqual({
      t: 'event_default',
    });
    const later = new Maintenance(world.pools, { now: () => inTenDays });
    expect(await later.makePartitions()).toHaveLength(8 * 6);
    expect(
      await row(world, 'select tableoid::regclass::text as t from event where id = $1', [event.id]),
    ).toEqual({
      t: partitionName('event', inTenDays),
    });
  });

  it('can be made while events are accepted', async () => {
    const inAMonth = world.clock.now() + 30 * 86_400_000;
    const making = new Maintenance(world.pools, { now: () => inAMonth }).makePartitions();
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => writer.accept(anEvent(world))));
    expect(outcomes.every((outcome) => outcome.kind === 'stored')).toBe(true);
    expect(await making).not.toEqual([]);
  });
});

describe('selfAudit', () => {
  it('finds nothing where all is well', async () => {
    const event = anEvent(world);
    await writer.accept(event);
    const store = new PgRunStore(world.pools, world.clock);
    const [run] = await store.claim(1);
    await store.release(run!, 0, [], SUCCEEDED);
    await store.close();
    expect(await maintenance.selfAudit()).toEqual([]);
  });

  it('finds an accepted event without a run', async () => {
    const event = anEvent(world, { runs: [], receivedAt: new Date(world.clock.now() - 120_000) });
    await writer.accept(event);
    expect(await maintenance.selfAudit()).toMatchObject([{ check: 'event_without_run', ids: [event.id] }]);
  });

  it('finds a run whose worker is gone', async () => {
    const id = await aQueuedRun(world);
    await world.pools.ui.query(
      `update run_queue set state = 'running', owner = new_id(), claimed_at = now() - interval '1 hour'`,
    );
    expect(await maintenance.selfAudit()).toMatchObject([{ check: 'run_without_worker', ids: [id] }]);
  });
});

describe('queueHealth', () => {
  it('says how many wait and for how long', async () => {
    await aQueuedRun(world);
    await aQueuedRun(world, { maxConcurrentRuns: 1 });
    await world.pools.ui.query(
      `update run_queue set available_at = now() - interval '2 seconds' where lane is null`,
    );
    const health = await queueHealth(world.pools.ui);
    expect(health).toMatchObject({ waiting: 2, running: 0, held: 0 });
    expect(health.oldestReadyMs).toBeGreaterThanOrEqual(2_000);
  });
});
