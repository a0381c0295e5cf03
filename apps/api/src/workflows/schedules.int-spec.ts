import { DatabaseClock, ScheduleWork } from '@hookloom/persistence';
import { nextFirings } from '@hookloom/steps';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiUnderTest } from '../../test/api-under-test.js';
import { InlineWorker } from '../../test/inline-worker.js';
import { EventParts } from '../event-parts.js';

let api: ApiUnderTest;
let clock: DatabaseClock;
let worker: InlineWorker;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  clock = new DatabaseClock(api.parts.pools.aside);
  await clock.start();
  worker = await InlineWorker.start(api.parts, api.app.get(EventParts), () => ({ status: 200, text: '' }));
});
afterAll(async () => {
  await worker.close();
  clock.stop();
  await api.close();
});

const MINUTE = 60_000;
const Made = z.object({ id: z.string() });
const Runs = z.object({ items: z.array(z.object({ id: z.string(), kind: z.string(), version: z.int() })) });

/** What a worker does when its clock is `inMs` ahead. */
function turnIn(inMs: number) {
  const ahead = { newId: () => clock.newId(), now: () => clock.now() + inMs };
  const next = (schedule: { cron: string; timezone: string }, after: Date) =>
    nextFirings(schedule, after, 1)[0];
  return new ScheduleWork(api.parts.pools.ui, ahead, next).takeTurn();
}

async function scheduled(config: Record<string, unknown>) {
  const definition = {
    format: 1,
    steps: [
      { id: 'clock', type: 'trigger.schedule', config },
      { id: 'shape', type: 'transform', config: { expression: 'trigger.body.scheduledAt' } },
    ],
    edges: [{ source: 'clock', target: 'shape' }],
  };
  const made = await api.call('POST workflows', { body: { name: 'Nightly', definition } });
  return Made.parse(made.body).id;
}

async function live(config: Record<string, unknown>): Promise<string> {
  const id = await scheduled(config);
  expect((await api.call(`POST workflows/${id}/publish`)).status).toBe(200);
  return id;
}

const runsOf = async (id: string) => Runs.parse((await api.call(`GET runs?workflowId=${id}`)).body).items;

/** When it fires next, epoch milliseconds. */
async function nextOf(id: string): Promise<number> {
  const text = 'select next_at from schedule where workflow_id = $1';
  const { rows } = await api.parts.pools.ui.query<{ next_at: Date }>(text, [id]);
  return rows[0]?.next_at.getTime() ?? Number.NaN;
}

async function inputOf(runId: string | undefined): Promise<unknown> {
  const text = 'select input from run_input where run_id = $1';
  const { rows } = await api.parts.pools.ui.query<{ input: string }>(text, [runId]);
  return JSON.parse(rows[0]?.input ?? 'null');
}

describe('a workflow with a schedule', () => {
  it('starts one run for each time, however many workers look', async () => {
    const id = await live({ cron: '* * * * *' });
    await turnIn(0);
    expect(await runsOf(id)).toEqual([]);
    const turns = await Promise.all([turnIn(MINUTE), turnIn(MINUTE), turnIn(MINUTE)]);
    const runs = await runsOf(id);
    expect(runs).toMatchObject([{ kind: 'schedule', version: 1 }]);
    expect(turns.flatMap(({ runIds }) => runIds)).toContain(runs[0]?.id);
    await turnIn(MINUTE);
    expect(await runsOf(id)).toHaveLength(1);
    await turnIn(2 * MINUTE);
    expect(await runsOf(id)).toHaveLength(2);
    await api.call(`POST workflows/${id}/unpublish`);
  });

  it('tells its steps which time was meant', async () => {
    const id = await live({ cron: '* * * * *', timezone: 'Europe/Berlin' });
    await turnIn(MINUTE);
    const [run] = await runsOf(id);
    await worker.work();
    const { body } = await api.call(`GET runs/${run?.id ?? ''}`);
    expect(body).toMatchObject({ status: 'succeeded' });
    const step = z
      .object({ steps: z.array(z.object({ stepId: z.string(), output: z.unknown() })) })
      .parse(body);
    const meant = z.iso.datetime().parse(step.steps.find(({ stepId }) => stepId === 'shape')?.output);
    expect(meant).toMatch(/:00\.000Z$/);
    await api.call(`POST workflows/${id}/unpublish`);
  });

  it('makes up for missed times once, or not at all, and goes on', async () => {
    const once = await live({ cron: '* * * * *' });
    const skip = await live({ cron: '* * * * *', misfire: 'skip' });
    const first = await nextOf(once);
    const late = first - clock.now() + 60 * MINUTE + 10_000;
    await turnIn(late);
    const runs = await runsOf(once);
    expect(runs).toHaveLength(1);
    expect(await inputOf(runs[0]?.id)).toEqual({ scheduledAt: new Date(first).toISOString() });
    expect(await runsOf(skip)).toHaveLength(0);
    expect(await nextOf(skip)).toBe(first + 61 * MINUTE);
    await turnIn(late + MINUTE);
    expect(await runsOf(once)).toHaveLength(2);
    expect(await runsOf(skip)).toHaveLength(1);
    for (const id of [once, skip]) await api.call(`POST workflows/${id}/unpublish`);
  });

  it('rests while it is paused and after it is unpublished', async () => {
    const id = await live({ cron: '* * * * *' });
    await api.call(`POST workflows/${id}/pause`);
    await turnIn(10 * MINUTE);
    expect(await runsOf(id)).toEqual([]);
    await api.call(`POST workflows/${id}/resume`);
    await turnIn(10 * MINUTE);
    expect(await runsOf(id)).toHaveLength(1);
    await api.call(`POST workflows/${id}/unpublish`);
    await turnIn(30 * MINUTE);
    expect(await runsOf(id)).toHaveLength(1);
  });

  it('is not published with times that cannot be read', async () => {
    for (const config of [{}, { cron: 'every day' }, { cron: '0 9 * * *', timezone: 'Mars/Base' }]) {
      const id = await scheduled(config);
      expect((await api.call(`POST workflows/${id}/publish`)).status).toBe(422);
    }
  });
});
