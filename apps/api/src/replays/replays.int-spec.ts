import { BulkReplayRequest, ReplayItemView, ReplayView } from '@hookloom/contracts';
import { DatabaseClock, ReplayWork } from '@hookloom/persistence';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ApiUnderTest } from '../../test/api-under-test.js';
import { BulkReplayBegun } from './replay-query.js';

let api: ApiUnderTest;
let clock: DatabaseClock;
let work: ReplayWork;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  clock = new DatabaseClock(api.parts.pools.aside);
  await clock.start();
  work = new ReplayWork(api.parts.pools.ui, clock);
});
afterAll(async () => {
  clock.stop();
  await api.close();
});

const Workflow = z.object({
  id: z.string(),
  definition: z.object({
    steps: z.array(z.object({ config: z.object({ endpoint: z.string().optional() }) })).nonempty(),
  }),
});
const Endpoint = z.object({ id: z.string(), key: z.string(), token: z.string() });
const Items = z.object({ items: z.array(ReplayItemView), nextCursor: z.string().nullable() });
const Runs = z.object({
  items: z.array(z.object({ id: z.string(), version: z.int().nullable(), eventId: z.string() })),
});

const definition = {
  format: 1,
  steps: [
    { id: 'hook', type: 'trigger.webhook', config: {} },
    { id: 'shape', type: 'transform', config: { expression: 'trigger.body' } },
  ],
  edges: [{ source: 'hook', target: 'shape' }],
};

/** A workflow with some events that its URL captured before anything was live. */
async function captured(bodies: readonly unknown[]) {
  const made = await api.call('POST workflows', { body: { name: 'Orders', definition } });
  const workflow = Workflow.parse(made.body);
  const list = await api.call('GET endpoints?limit=200');
  const endpoints = z.object({ items: z.array(Endpoint) }).parse(list.body).items;
  const endpoint = endpoints.find(({ key }) => key === workflow.definition.steps.at(0)?.config.endpoint);
  if (!endpoint) throw new Error('The workflow has no endpoint.');
  const eventIds: string[] = [];
  for (const body of bodies) eventIds.push(await deliver(endpoint.token, body));
  return { workflowId: workflow.id, endpointId: endpoint.id, eventIds };
}

async function deliver(token: string, body: unknown): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const payload = JSON.stringify(body);
  const reply = await api.app.inject({ method: 'POST', url: `/hooks/${token}`, headers, payload });
  return z.object({ eventId: z.string() }).parse(reply.json()).eventId;
}

async function begin(body: z.input<typeof BulkReplayRequest>): Promise<string> {
  const begun = await api.call('POST events/replay', { body });
  expect(begun.status).toBe(202);
  return BulkReplayBegun.parse(begun.body).replayId;
}

const look = async (id: string) => ReplayView.parse((await api.call(`GET replays/${id}`)).body);
const itemsOf = async (id: string) => Items.parse((await api.call(`GET replays/${id}/items`)).body).items;
const runsOf = async (workflowId: string) =>
  Runs.parse((await api.call(`GET runs?workflowId=${workflowId}&kind=replay`)).body).items;

function untilDone(id: string) {
  return vi.waitFor(async () => {
    await work.takeTurn();
    const replay = await look(id);
    expect(replay.status).toBe('done');
    return replay;
  }, 10_000);
}

describe('a replay of many events', () => {
  it('starts a run of the live version for each event that the filter finds', async () => {
    const { workflowId, endpointId, eventIds } = await captured([{ n: 1 }, { n: 2 }, { n: 3 }]);
    await api.call(`POST workflows/${workflowId}/publish`);
    const id = await begin({ filter: { endpointId, status: 'captured' }, perSecond: 1_000 });
    expect(await look(id)).toMatchObject({ status: 'running', total: 3, done: 0, failed: 0, left: 3 });
    expect(await untilDone(id)).toMatchObject({ total: 3, done: 3, failed: 0, left: 0 });
    const runs = await runsOf(workflowId);
    expect(runs.map(({ eventId }) => eventId).toSorted()).toEqual(eventIds);
    expect(runs.every(({ version }) => version === 1)).toBe(true);
    const items = await itemsOf(id);
    expect(items.flatMap(({ runIds }) => runIds).toSorted()).toEqual(runs.map((run) => run.id).toSorted());
  });

  it('takes named events, and the draft of a workflow', async () => {
    const { workflowId, eventIds } = await captured([{ n: 1 }, { n: 2 }]);
    const [first = ''] = eventIds;
    const id = await begin({ filter: { ids: [first] }, workflowId, draft: true, perSecond: 1_000 });
    expect(await untilDone(id)).toMatchObject({ total: 1, done: 1, draft: true, workflowId });
    expect(await runsOf(workflowId)).toMatchObject([{ eventId: first, version: null }]);
  });

  it('takes what is pinned to the draft', async () => {
    const { workflowId, eventIds } = await captured([{ n: 1 }]);
    await api.call(`PUT workflows/${workflowId}/samples/outputs/shape`, {
      body: { value: { n: 'pinned "7"' } },
    });
    await untilDone(await begin({ filter: { ids: eventIds }, workflowId, draft: true, perSecond: 1_000 }));
    const [run] = await runsOf(workflowId);
    const { rows } = await api.parts.pools.ui.query('select pins from run_input where run_id = $1', [
      run?.id,
    ]);
    expect(rows).toEqual([{ pins: '{"shape":{"n":"pinned \\"7\\""}}' }]);
  });

  it('says of each event why nothing was started', async () => {
    const { endpointId, eventIds } = await captured([{ n: 1 }]);
    const id = await begin({ filter: { endpointId }, perSecond: 1_000 });
    expect(await untilDone(id)).toMatchObject({ done: 0, failed: 1 });
    const reason = 'No live workflow starts from the endpoint of this event.';
    expect(await itemsOf(id)).toEqual([{ eventId: eventIds[0], runIds: [], reason }]);
  });

  it('leaves out what comes after it began', async () => {
    const { workflowId, endpointId, eventIds } = await captured([{ n: 1 }]);
    const id = await begin({ filter: { endpointId }, workflowId, draft: true, perSecond: 1_000 });
    const { token } = Endpoint.parse((await api.call(`GET endpoints/${endpointId}`)).body);
    await deliver(token, { n: 2 });
    expect(await untilDone(id)).toMatchObject({ total: 1, done: 1 });
    expect((await itemsOf(id)).map(({ eventId }) => eventId)).toEqual(eventIds);
  });

  it('can be cancelled: nothing more is started', async () => {
    const { workflowId, endpointId } = await captured([{ n: 1 }, { n: 2 }]);
    const id = await begin({ filter: { endpointId }, workflowId, draft: true, perSecond: 1 });
    const cancelled = await api.call(`POST replays/${id}/cancel`);
    expect(cancelled).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    const before = await look(id);
    expect(await work.takeTurn()).toEqual({ runIds: [], isBusy: false });
    expect(await look(id)).toEqual(before);
    expect((await api.call(`POST replays/${id}/cancel`)).status).toBe(409);
  });

  it('that cannot be carried on does not keep the others waiting', async () => {
    const broken = await captured([{ n: 1 }]);
    const brokenId = await begin({ filter: { endpointId: broken.endpointId }, perSecond: 1_000 });
    await api.parts.pools.ui.query(
      `update replay set filter = '?', worked_at = now() - interval '1 day' where id = $1`,
      [brokenId],
    );
    const { workflowId, endpointId } = await captured([{ n: 1 }]);
    const id = await begin({ filter: { endpointId }, workflowId, draft: true, perSecond: 1_000 });
    await expect(work.takeTurn()).rejects.toThrow('JSON');
    const text = 'select worked_at > now() as "comesLater" from replay where id = $1';
    const { rows } = await api.parts.pools.ui.query(text, [brokenId]);
    expect(rows).toEqual([{ comesLater: true }]);
    expect(await untilDone(id)).toMatchObject({ done: 1 });
    await api.call(`POST replays/${brokenId}/cancel`);
  });

  it('rests while too many runs wait, so that there is room for events that arrive', async () => {
    const { workflowId, endpointId } = await captured([{ n: 1 }]);
    const id = await begin({ filter: { endpointId }, workflowId, draft: true, perSecond: 1_000 });
    const resting = new ReplayWork(api.parts.pools.ui, clock, { isFull: () => true });
    expect(await resting.takeTurn()).toEqual({ runIds: [], isBusy: false });
    expect(await look(id)).toMatchObject({ status: 'running', done: 0 });
    expect(await untilDone(id)).toMatchObject({ done: 1 });
  });

  it('refuses a workflow that is not live, one that is not there, and a foreign replay', async () => {
    const { workflowId } = await captured([]);
    const ask = (body: unknown) => api.call('POST events/replay', { body });
    expect((await ask({ filter: {}, workflowId })).status).toBe(409);
    const foreign = '0197e6f0-0000-7000-8000-000000000000';
    expect((await ask({ filter: {}, workflowId: foreign })).status).toBe(404);
    expect((await ask({ filter: {}, draft: true })).status).toBe(422);
    expect((await ask({ filter: { endpoint: 'misspelt' } })).status).toBe(422);
    expect((await api.call(`GET replays/${foreign}`)).status).toBe(404);
    expect((await api.call(`GET replays/${foreign}/items`)).status).toBe(404);
  });
});

describe('the number of events', () => {
  it('is that of the list with the same filter', async () => {
    const { endpointId } = await captured([{ order: 'ord_81f' }, { order: 'ord_99c' }]);
    const count = async (query: string) => (await api.call(`GET events/count?${query}`)).body;
    expect(await count(`endpointId=${endpointId}`)).toEqual({ count: 2 });
    expect(await count(`endpointId=${endpointId}&q=ord_81f`)).toEqual({ count: 1 });
    expect(await count(`endpointId=${endpointId}&status=rejected`)).toEqual({ count: 0 });
  });
});
