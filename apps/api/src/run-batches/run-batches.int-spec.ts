import {
  RunBatchView,
  RunCauses,
  RunCount,
  RunDetail,
  RunSummary,
  type RunBatchRequest,
  type WorkflowDefinition,
} from '@hookloom/contracts';
import { conflict } from '@hookloom/server-kit';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ApiUnderTest } from '../../test/api-under-test.js';
import { InlineWorker } from '../../test/inline-worker.js';
import { EventParts } from '../event-parts.js';
import { RetryService } from '../runs/retry.service.js';

let api: ApiUnderTest;
let worker: InlineWorker;
let answer: { status: number; text: string };
beforeAll(async () => {
  api = await ApiUnderTest.start();
  worker = await InlineWorker.start(api.parts, api.app.get(EventParts), () => answer);
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(() => {
  answer = { status: 400, text: '{"error":"no stock of item 4711"}' };
});

const Runs = z.object({ items: z.array(RunSummary), nextCursor: z.string().nullable() });
const definition: Omit<WorkflowDefinition, 'settings'> = {
  format: 1,
  steps: [
    { id: 'start', type: 'trigger.manual', config: {} },
    {
      id: 'notify',
      type: 'http',
      config: { url: 'http://stand-in.test/' },
      retry: { maxAttempts: 1 },
    },
    { id: 'sum', type: 'transform', config: { expression: 'trigger.body.total' } },
  ],
  edges: [
    { source: 'start', target: 'notify' },
    { source: 'notify', target: 'sum' },
  ],
};

/** A live workflow with this many runs, worked as far as they go. */
async function aWorkflow(inputs: readonly unknown[]) {
  const made = await api.call('POST workflows', { body: { name: 'Orders', definition } });
  const id: string = made.body.id;
  await api.call(`POST workflows/${id}/publish`);
  const runIds: string[] = [];
  for (const input of inputs)
    runIds.push((await api.call(`POST workflows/${id}/runs`, { body: { input } })).body.runId);
  return { id, runIds };
}
async function aWorkedWorkflow(inputs: readonly unknown[]) {
  const workflow = await aWorkflow(inputs);
  await worker.work();
  return workflow;
}

const get = async (path: string): Promise<unknown> => (await api.call(`GET ${path}`)).body;
const listed = async (query: string) => Runs.parse(await get(`runs?${query}`)).items.map(({ id }) => id);
const counted = async (query: string) => RunCount.parse(await get(`runs/count?${query}`)).count;
const causes = async (query: string) => RunCauses.parse(await get(`runs/causes?${query}`));

async function batch(request: RunBatchRequest): Promise<RunBatchView> {
  const begun = await api.call('POST run-batches', { body: request });
  expect(begun.status).toBe(202);
  return RunBatchView.parse(begun.body);
}
const overBatch = (id: string) =>
  vi.waitFor(async () => {
    const view = RunBatchView.parse(await get(`run-batches/${id}`));
    expect(view.status).toBe('done');
    return view;
  }, 10_000);

describe('lists of runs', () => {
  it('are narrowed by what failed, and the count agrees', async () => {
    const { id, runIds } = await aWorkedWorkflow([{ total: 1 }, { total: 2 }]);
    answer = { status: 200, text: '{}' };
    const { id: well } = await aWorkedWorkflow([{ total: 3 }]);
    const newestFirst = runIds.toReversed();
    for (const [query, found] of [
      [`workflowId=${id}`, newestFirst],
      [`workflowId=${id}&status=failed&step=notify`, newestFirst],
      [`workflowId=${id}&step=sum`, []],
      [`workflowId=${id}&version=1&kind=manual`, newestFirst],
      [`workflowId=${id}&version=2`, []],
      [`workflowId=${id}&longerThanMs=3600000`, []],
      [`workflowId=${well}&status=failed`, []],
    ] as const) {
      expect([query, await listed(query)]).toEqual([query, found]);
      expect([query, await counted(query)]).toEqual([query, found.length]);
    }
  });

  it('are found by a value of the input, the error and the id', async () => {
    const order = `order-${crypto.randomUUID().slice(0, 8)}`;
    const { id, runIds } = await aWorkedWorkflow([{ order }, { order: 'another' }]);
    const [first = ''] = runIds;
    expect(await listed(`q=${order}`)).toEqual([first]);
    expect(await listed(`workflowId=${id}&q=${first}`)).toEqual([first]);
    expect(await counted(`workflowId=${id}&q=400`)).toBe(2);
    const queued = await aWorkflow([{ order: `${order}-open` }]);
    expect(await listed(`q=${order}-open`)).toEqual(queued.runIds);
    await worker.work();
  });

  it('find the run of an event by a value of its body', async () => {
    const hook = { id: 'start', type: 'trigger.webhook', config: {} };
    const document = { ...definition, steps: [hook, ...definition.steps.slice(1)] };
    const made = (await api.call('POST workflows', { body: { name: 'By event', definition: document } }))
      .body;
    await api.call(`POST workflows/${made.id}/publish`);
    const endpoints = (await api.call('GET endpoints?limit=200')).body.items;
    const { key } = { key: made.definition.steps[0].config.endpoint };
    const endpoint = endpoints.find((one: { key: string }) => one.key === key);
    const { token, name } = endpoint;
    await api.call(`PUT endpoints/${endpoint.id}`, { body: { name, key, sender: 'github' } });
    const headers = { 'x-github-event': 'push' };
    const payload = { order: `number-${crypto.randomUUID()}` };
    await api.app.inject({ method: 'POST', url: `/hooks/${token}`, payload, headers });
    await worker.work();
    const found = await listed(`q=${payload.order}`);
    expect(found).toHaveLength(1);
    const [row] = Runs.parse(await get(`runs?workflowId=${made.id}`)).items;
    expect(row).toMatchObject({ id: found[0], eventType: 'push' });
  });

  it('tell how far each run came, without what its branches left out', async () => {
    const { id } = await aWorkedWorkflow([{ total: 1 }]);
    const rows = async () => Runs.parse(await get(`runs?workflowId=${id}`)).items;
    expect(await rows()).toMatchObject([{ progress: { done: 1, total: 3 }, attempt: 1 }]);
    answer = { status: 200, text: '{}' };
    await overBatch((await batch({ action: 'retry', filter: { workflowId: id } })).id);
    await worker.work();
    expect(await rows()).toMatchObject([
      { status: 'succeeded', progress: { done: 3, total: 3 }, attempt: 2 },
    ]);
    const queued = await aWorkflow([1]);
    const [waiting] = Runs.parse(await get(`runs?workflowId=${queued.id}`)).items;
    expect(waiting).not.toHaveProperty('progress');
    await worker.work();
  });

  it('tell causes apart, and put together what differs only in numbers', async () => {
    const { id, runIds } = await aWorkedWorkflow([1, 2, 3]);
    answer = { status: 403, text: '{}' };
    await api.call(`POST workflows/${id}/runs`, { body: {} });
    await worker.work();
    const { items, looked, more } = await causes(`workflowId=${id}`);
    expect([looked, more]).toEqual([4, false]);
    expect(items.map(({ count, stepId, status }) => [count, stepId, status])).toEqual([
      [3, 'notify', 400],
      [1, 'notify', 403],
    ]);
    expect(items[0]?.lastRunId).toBe(runIds[2]);
    expect(await listed(`workflowId=${id}&cause=${items[0]?.cause}`)).toEqual(runIds.toReversed());
    expect((await api.call('GET runs?cause=all')).status).toBe(422);
  });

  it('show nothing of another project and nothing without a login', async () => {
    expect((await api.call('GET runs/causes', { key: null })).status).toBe(401);
    expect((await api.call('GET runs/count', { key: null })).status).toBe(401);
    expect((await api.call('POST run-batches', { key: null, body: {} })).status).toBe(401);
  });
});

describe('a batch', () => {
  it('retries exactly the runs of a cause, each once, and what had succeeded is not done again', async () => {
    const { id, runIds } = await aWorkedWorkflow([{ total: 1 }, { total: 2 }, { total: 3 }]);
    const [group] = (await causes(`workflowId=${id}`)).items;
    answer = { status: 200, text: '{}' };
    const begun = await batch({ action: 'retry', filter: { workflowId: id, cause: group?.cause } });
    expect(begun).toMatchObject({ status: 'running', total: 3, left: 3 });
    expect(await overBatch(begun.id)).toMatchObject({ done: 3, failed: 0, left: 0 });
    await worker.work();
    expect(await listed(`workflowId=${id}&status=succeeded`)).toEqual(runIds.toReversed());
    const { items } = (await api.call(`GET run-batches/${begun.id}/items`)).body;
    expect(items).toEqual(runIds.toReversed().map((runId) => ({ runId, status: 'done' })));
  });

  it('retries with the live version each run once, and they are no failures of their cause any more', async () => {
    const { id, runIds } = await aWorkedWorkflow([{ total: 1 }, { total: 2 }]);
    await api.call(`POST workflows/${id}/publish`);
    answer = { status: 200, text: '{}' };
    const request = { action: 'retry', version: 'live', filter: { workflowId: id } } as const;
    expect(await overBatch((await batch(request)).id)).toMatchObject({ total: 2, done: 2 });
    await worker.work();
    expect(await counted(`workflowId=${id}&status=succeeded`)).toBe(2);
    expect(await listed(`workflowId=${id}&status=failed`)).toEqual(runIds.toReversed());
    expect((await causes(`workflowId=${id}`)).items).toEqual([]);
    expect(await batch(request)).toMatchObject({ total: 0, status: 'done' });
    const old = RunDetail.parse(await get(`runs/${runIds[0]}`));
    const [link] = old.started ?? [];
    expect(link?.kind).toBe('retry');
    const taken = RunDetail.parse(await get(`runs/${link?.runId}`));
    expect(taken).toMatchObject({ status: 'succeeded', startedBy: { runId: old.id, kind: 'retry' } });
  });

  it('says of a run why it could not be done', async () => {
    const { id, runIds } = await aWorkedWorkflow([1]);
    const retry = vi
      .spyOn(api.app.get(RetryService), 'retry')
      .mockRejectedValueOnce(conflict('x', 'It is gone.'));
    const begun = await batch({ action: 'retry', filter: { workflowId: id } });
    expect(await overBatch(begun.id)).toMatchObject({ total: 1, done: 0, failed: 1, left: 0 });
    retry.mockRestore();
    const { items } = (await api.call(`GET run-batches/${begun.id}/items`)).body;
    expect(items).toEqual([{ runId: runIds[0], status: 'failed', reason: 'It is gone.' }]);
  });

  it('cancels what is not over, and nothing else', async () => {
    const over = await aWorkedWorkflow([1]);
    const { id, runIds } = await aWorkflow([1, 2]);
    const begun = await batch({ action: 'cancel', filter: { ids: [...runIds, ...over.runIds] } });
    expect(begun.total).toBe(2);
    await overBatch(begun.id);
    expect(await listed(`workflowId=${id}&status=cancelled`)).toEqual(runIds.toReversed());
    expect(await listed(`workflowId=${over.id}&status=failed`)).toEqual(over.runIds);
  });

  it('is over at once when nothing fits, and cannot be cancelled then', async () => {
    const begun = await batch({ action: 'retry', filter: { q: 'nothing holds this text' } });
    expect(begun).toMatchObject({ status: 'done', total: 0 });
    expect((await api.call(`POST run-batches/${begun.id}/cancel`)).status).toBe(409);
    expect((await api.call(`GET run-batches/${crypto.randomUUID()}`)).status).toBe(404);
  });

  it('is refused where a name in its filter is misspelt, which would let every run pass', async () => {
    const asked = { action: 'cancel', filter: { workflow: crypto.randomUUID() } };
    expect((await api.call('POST run-batches', { body: asked })).status).toBe(422);
  });

  it('touches no more runs once it is cancelled', async () => {
    const { id } = await aWorkedWorkflow(Array.from({ length: 60 }, (_, at) => at));
    const begun = await batch({ action: 'retry', filter: { workflowId: id } });
    const cancelled = await api.call(`POST run-batches/${begun.id}/cancel`);
    expect(cancelled.body).toMatchObject({ status: 'cancelled', total: 60 });
    expect(await counted(`workflowId=${id}&status=failed`)).toBeGreaterThan(0);
    await worker.work();
  });
});
