import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AlertSettings } from '@hookloom/contracts';
import { aWorld, row, rows, type World } from '../../test/fixtures.js';
import { AlertWork } from '../alerts/alert-work.js';
import { BrokenDestinations } from './broken-destinations.js';
import { PgDestinations } from './pg-destinations.js';

const HOST = 'api.example.com';
const MAIL = { connection: 'ops-mail', to: 'ops@example.com' };

let world: World;
let broken: BrokenDestinations;
beforeAll(async () => {
  world = await aWorld();
  broken = new BrokenDestinations(world.pools.ui);
  await world.pools.ui.query(
    `insert into endpoint_route (endpoint_id, workflow_id, step_id, project_id, version) values ($1, $2, 'start', $3, 1)`,
    [world.endpointId, world.workflowId, world.projectId],
  );
  await world.pools.ui.query(
    `insert into project_setting (project_id, name, value) values ($1, 'alerts', $2)`,
    [world.projectId, JSON.stringify(AlertSettings.parse({ targets: [MAIL] }))],
  );
});
beforeEach(() =>
  world.pools.ui.query(`truncate destination_health, alert, alert_message, audit cascade;
    update workflow set paused = false; update endpoint_route set paused = false`),
);
afterAll(() => world.close());

/** The host fails, and a run of the workflow waits for it. */
async function aBrokenHost(): Promise<void> {
  const destinations = new PgDestinations(world.pools.worker, world.clock, (error) => {
    throw error;
  });
  const destination = { projectId: world.projectId, host: HOST };
  for (let at = 0; at < 10; at += 1) destinations.note(destination, 'it answered 503');
  await destinations.settle();
  expect(await destinations.ask(destination, undefined, world.workflowId)).toMatchObject({ kind: 'wait' });
}

const daysLater = (days: number) =>
  world.pools.ui.query(
    `update destination_health set opened_at = opened_at - $1 * interval '1 day',
       given_up_at = given_up_at - $1 * interval '1 day', open_until = now() - interval '1 second'`,
    [days],
  );

const isPaused = async () =>
  (await row(world, 'select w.paused and r.paused as p from workflow w, endpoint_route r'))['p'];

it('waits five days, then pauses who sends there, as a person would, and tells why', async () => {
  await aBrokenHost();
  await daysLater(4);
  expect(await broken.pauseSenders()).toBe(0);
  const before = await row(world, 'select revision from endpoint');
  await daysLater(1.1);
  expect(await broken.pauseSenders()).toBe(1);

  expect(await isPaused()).toBe(true);
  expect(await row(world, 'select revision from endpoint')).not.toEqual(before);
  expect(await row(world, 'select actor, action, subject_id, detail from audit')).toEqual({
    actor: 'system',
    action: 'pause',
    subject_id: world.workflowId,
    detail: '{"host":"api.example.com"}',
  });
  expect(await new AlertWork(world.pools.ui, world.clock, 'http://hooks.example.test').tell()).toBe(true);
  expect(await row(world, 'select subject, content from alert_message')).toEqual({
    subject: '“Flow” was paused',
    content: `“Flow” was paused\napi.example.com has not worked for 5 days, so the workflow was paused. The last try: it answered 503. Nothing is lost: resume it when the host works again.\nhttp://hooks.example.test/workflows/${world.workflowId}\n`,
  });
});

it('is done once, however many workers look', async () => {
  await aBrokenHost();
  await daysLater(6);
  const paused = await Promise.all(Array.from({ length: 4 }, () => broken.pauseSenders()));
  expect(paused.toSorted()).toEqual([0, 0, 0, 1]);
  expect(await rows(world, 'select 1 from audit')).toHaveLength(1);
});

it('gives the host as long again when somebody resumes the workflow', async () => {
  await aBrokenHost();
  await daysLater(6);
  await broken.pauseSenders();
  await world.pools.ui.query('update workflow set paused = false');
  await daysLater(4);
  expect(await broken.pauseSenders()).toBe(0);
  await daysLater(2);
  expect(await broken.pauseSenders()).toBe(1);
});

it('leaves who waited alone when the host answers again', async () => {
  await aBrokenHost();
  await daysLater(6);
  const destination = { projectId: world.projectId, host: HOST };
  const prober = new PgDestinations(world.pools.worker, world.clock, () => undefined);
  expect(await prober.ask(destination, undefined, world.workflowId)).toEqual({ kind: 'clear' });
  prober.note(destination, undefined);
  await prober.settle();
  expect(await rows(world, 'select 1 from destination_sender')).toEqual([]);
  expect(await broken.pauseSenders()).toBe(0);
  expect(await isPaused()).toBe(false);
});
