import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AlertSettings, type WorkflowAlerts } from '@hookloom/contracts';
import { aQueuedRun, aWorld, finishedAs, row, rows, type World } from '../../test/fixtures.js';
import { PgRunStore } from '../runs/pg-run-store.js';
import { AlertOutbox, type OutgoingAlert } from './alert-outbox.js';
import { AlertWork } from './alert-work.js';

const PUBLIC_URL = 'http://hooks.example.test';
const MAIL = { connection: 'ops-mail', to: 'ops@example.com' };
const SLACK = { connection: 'ops-slack' };
const ERROR = { code: 'retryable', message: 'The CRM answered 503.' };

let world: World;
let store: PgRunStore;
beforeAll(async () => {
  world = await aWorld();
  store = new PgRunStore(world.pools, world.clock);
});
afterEach(async () => {
  await world.pools.ui.query(
    'truncate run_queue, run, run_failure, alert, alert_message, project_setting; update workflow set alerts = null',
  );
});
afterAll(async () => {
  await store.close();
  await world.close();
});

const aWorker = () => new AlertWork(world.pools.ui, world.clock, PUBLIC_URL);

async function settle(settings: Partial<AlertSettings> = {}): Promise<void> {
  const value = JSON.stringify(AlertSettings.parse({ targets: [MAIL], ...settings }));
  await world.pools.ui.query(
    `insert into project_setting (project_id, name, value) values ($1, 'alerts', $2)`,
    [world.projectId, value],
  );
}

/** Ends so many runs; what really ends one is the worker's statement. */
async function end(count: number, status: 'failed' | 'succeeded' = 'failed'): Promise<void> {
  for (let at = 0; at < count; at += 1) await aQueuedRun(world);
  for (const run of await store.claim(count)) {
    const how = {
      ...finishedAs(status, status === 'failed' ? ERROR : undefined),
      finishedAt: world.clock.now(),
    };
    await store.release(run, 0, [], how);
  }
}

/** Time goes by: what was to come later is due now. */
const skipTime = () =>
  world.pools.ui
    .query(`update alert set next_at = now() - interval '1 second', quiet_until = now() - interval '1 second';
    update alert_message set created_at = created_at - interval '1 hour', id = id_at(now() - interval '1 hour' - random() * interval '1 minute')`);

const messages = () =>
  rows(world, 'select target, subject, content from alert_message order by created_at, id');

describe('failures', () => {
  it('of many runs are one message, with the reason and links', async () => {
    await settle();
    await end(3);
    expect(await aWorker().gather(100)).toBe(3);
    await skipTime();
    await aWorker().tell();
    const [message, ...others] = await messages();
    expect(others).toEqual([]);
    expect(message?.['subject']).toBe('“Flow” failed: 3 runs');
    expect(message?.['content']).toContain('The CRM answered 503.');
    expect(message?.['content']).toContain(`${PUBLIC_URL}/runs?status=failed&workflow=${world.workflowId}`);
  });

  it('are counted once, however many workers count at the same time', async () => {
    await settle();
    await end(60);
    const counts = await Promise.all(Array.from({ length: 8 }, () => aWorker().gather(20)));
    const rest = await aWorker().gather(100);
    expect(counts.reduce((sum, count) => sum + count, rest)).toBe(60);
    expect(await row(world, 'select count, untold from alert')).toEqual({ count: 60, untold: 60 });
  });

  it('that follow are gathered until the quiet time is over', async () => {
    await settle();
    await end(1);
    await aWorker().gather(100);
    await skipTime();
    await Promise.all([aWorker().tell(), aWorker().tell(), aWorker().tell()]);
    await end(42);
    await aWorker().gather(100);
    expect(await aWorker().tell()).toBe(false);
    expect(await messages()).toHaveLength(1);
    await skipTime();
    await aWorker().tell();
    expect((await messages()).map(({ subject }) => subject)).toEqual([
      '“Flow” failed: 1 run',
      '“Flow” goes on failing: 42 runs more, 43 in all',
    ]);
  });

  it('of drafts and tests tell nobody', async () => {
    await aQueuedRun(world, { version: null });
    await aQueuedRun(world, { kind: 'test' });
    for (const run of await store.claim(2)) await store.release(run, 0, [], finishedAs('failed', ERROR));
    expect(await aWorker().gather(100)).toBe(0);
  });

  it('of many workflows go in one message to each target, and no two messages closer than five minutes', async () => {
    await settle({ targets: [MAIL, SLACK] });
    await world.pools.ui.query(
      `insert into alert (project_id, kind, subject_id, last_at, count, untold, error, next_at)
       select $1, 'workflow', id, now(), 1, 1, $2, now() from workflow`,
      [world.projectId, JSON.stringify(ERROR)],
    );
    await world.pools.ui.query(
      `insert into alert (project_id, kind, subject_id, last_at, count, untold, error, next_at)
       values ($1, 'endpoint', $2, now(), 1, 1, 'No event for 2 h; normally every 7 min.', now())`,
      [world.projectId, world.endpointId],
    );
    await aWorker().tell();
    const sent = await messages();
    expect(sent.map(({ target }) => JSON.parse(String(target)).connection).sort()).toEqual([
      'ops-mail',
      'ops-slack',
    ]);
    expect(sent[0]?.['subject']).toBe('1 workflow fails, 1 endpoint is silent');
    expect(sent[0]?.['content']).toContain('normally every 7 min');
    await world.pools.ui.query(`update alert set untold = 5, next_at = now() - interval '1 second'`);
    await aWorker().tell();
    expect(await messages()).toHaveLength(2);
    await skipTime();
    await aWorker().tell();
    expect(await messages()).toHaveLength(4);
  });
});

describe('a workflow', () => {
  it.each<[WorkflowAlerts, string[]]>([
    [{ mode: 'project' }, ['ops-mail']],
    [{ mode: 'off' }, []],
    [{ mode: 'own', settings: AlertSettings.parse({ targets: [SLACK] }) }, ['ops-slack']],
  ])('has its own word: %j', async (alerts, targets) => {
    await settle();
    await world.pools.ui.query('update workflow set alerts = $1', [JSON.stringify(alerts)]);
    await end(1);
    await aWorker().gather(100);
    await skipTime();
    await aWorker().tell();
    expect((await messages()).map(({ target }) => JSON.parse(String(target)).connection)).toEqual(targets);
  });

  it('that goes well again closes its alert, and says so where that is wanted', async () => {
    await settle({ onRecovery: true });
    await end(1);
    await aWorker().gather(100);
    await skipTime();
    await aWorker().tell();
    await skipTime();
    await aWorker().tell();
    expect(await messages()).toHaveLength(1);
    await end(1, 'succeeded');
    await skipTime();
    await aWorker().tell();
    expect((await messages()).map(({ subject }) => subject)).toContain('“Flow” succeeds again');
    expect(await rows(world, 'select 1 from alert where closed_at is null')).toEqual([]);
  });
});

describe('a message', () => {
  const aMessage = () =>
    world.pools.ui.query(
      `insert into alert_message (project_id, target, subject, content) values ($1, $2, 'Hi', 'There')`,
      [world.projectId, JSON.stringify(MAIL)],
    );

  it('is sent once, however many workers look', async () => {
    await aMessage();
    const sent: OutgoingAlert[] = [];
    const send = async (message: OutgoingAlert) => void sent.push(message);
    const looked = await Promise.all(
      Array.from({ length: 6 }, () => new AlertOutbox(world.pools.ui).sendOne(send)),
    );
    expect(looked.filter(Boolean)).toHaveLength(1);
    expect(sent).toMatchObject([{ target: MAIL, subject: 'Hi', content: 'There' }]);
  });

  it('whose worker dies while sending goes out by another worker, under the same id', async () => {
    await aMessage();
    const ids: string[] = [];
    const outbox = new AlertOutbox(world.pools.ui);
    let die: () => void = () => undefined;
    const died = outbox.sendOne(({ id }) => {
      ids.push(id);
      return new Promise((_resolve, reject) => (die = () => reject(new Error('gone'))));
    });
    await expect.poll(() => ids.length).toBe(1);
    expect(await outbox.sendOne(async () => undefined)).toBe(false);
    await world.pools.ui.query(`update alert_message set due_at = now() - interval '1 second'`);
    expect(await outbox.sendOne(async ({ id }) => void ids.push(id))).toBe(true);
    expect(new Set(ids).size).toBe(1);
    die();
    await died;
    expect((await row(world, 'select sent_at from alert_message'))['sent_at']).not.toBeNull();
  });

  it('that cannot be sent is tried again later, and given up in the end with the reason', async () => {
    await aMessage();
    const outbox = new AlertOutbox(world.pools.ui);
    const fail = async () => Promise.reject(new Error('The mail server refused the login.'));
    for (let tries = 1; tries <= 12; tries += 1) {
      expect(await outbox.sendOne(fail)).toBe(true);
      expect(await outbox.sendOne(fail)).toBe(false);
      await world.pools.ui.query(`update alert_message set due_at = now() - interval '1 second'`);
    }
    expect(await outbox.sendOne(fail)).toBe(false);
    expect(
      await row(world, 'select tries, given_up_at is not null as "isOver", error from alert_message'),
    ).toEqual({
      tries: 12,
      isOver: true,
      error: 'The mail server refused the login.',
    });
  });
});
