import { RetryForecast, WorkflowDefinition } from '@hookloom/contracts';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';
import { InlineWorker } from '../../test/inline-worker.js';
import { EventParts } from '../event-parts.js';

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
  answer = { status: 200, text: '{"ok":true}' };
});

const FOREIGN = '0197e6f0-0000-7000-8000-000000000000';
const hook = { id: 'hook', type: 'trigger.webhook', config: {} };
const shape = { id: 'shape', type: 'transform', config: { expression: '{"total": trigger.body.total}' } };
const big = { id: 'big', type: 'if', config: { condition: 'steps.shape.total > 100' } };
const call = {
  id: 'call',
  type: 'http',
  config: { url: 'http://stand-in.test/' },
  retry: { maxAttempts: 1 },
};
const definition = {
  format: 1,
  steps: [hook, shape, big, call],
  edges: [
    { source: 'hook', target: 'shape' },
    { source: 'shape', target: 'big' },
    { source: 'big', sourceHandle: 'true', target: 'call' },
  ],
};

async function aWorkflow(document: unknown = definition, publish = true) {
  const made = await api.call('POST workflows', { body: { name: 'Orders', definition: document } });
  expect(made.status).toBe(201);
  if (publish) expect((await api.call(`POST workflows/${made.body.id}/publish`)).status).toBe(200);
  const { body } = await api.call('GET endpoints?limit=200');
  const key = made.body.definition.steps[0].config.endpoint;
  const endpoint = body.items.find((item: any) => item.key === key);
  return { id: made.body.id as string, endpoint };
}

async function deliver(endpoint: any, value: unknown): Promise<string> {
  const reply = await api.app.inject({
    method: 'POST',
    url: `/hooks/${endpoint.token}`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(value),
  });
  expect(reply.statusCode).toBe(200);
  return reply.json().eventId;
}

const get = async (path: string) => (await api.call(`GET ${path}`)).body;
const runsOf = async (workflowId: string, query = '') =>
  (await get(`runs?workflowId=${workflowId}${query}`)).items as any[];

async function onlyRun(workflowId: string) {
  const runs = await runsOf(workflowId);
  expect(runs).toHaveLength(1);
  return get(`runs/${runs[0].id}`);
}

describe('a run of an event', () => {
  it('shows what each step got and gave, in the order they started', async () => {
    const workflow = await aWorkflow();
    const eventId = await deliver(workflow.endpoint, { total: 150 });
    expect(await onlyRun(workflow.id)).toMatchObject({
      status: 'queued',
      steps: [{ status: 'queued' }, {}, {}, {}],
    });
    await worker.work();
    const run = await onlyRun(workflow.id);
    expect(run).toMatchObject({
      workflowId: workflow.id,
      version: 1,
      kind: 'event',
      status: 'succeeded',
      eventId,
    });
    expect(run.steps.map((step: any) => [step.stepId, step.status])).toEqual([
      ['hook', 'succeeded'],
      ['shape', 'succeeded'],
      ['big', 'succeeded'],
      ['call', 'succeeded'],
    ]);
    const [trigger, shaped, passed, called] = run.steps;
    expect(trigger.output).toMatchObject({
      id: eventId,
      method: 'POST',
      body: { total: 150 },
      sender: 'any',
    });
    expect(trigger.input).toBeUndefined();
    expect(shaped.input).toEqual(trigger.output);
    expect(shaped.output).toEqual({ total: 150 });
    expect(passed).toMatchObject({ input: { total: 150 }, output: { total: 150 } });
    expect(called.output).toMatchObject({ status: 200, body: { ok: true } });
    expect(called.attempts).toMatchObject([{ number: 1, status: 'succeeded' }]);
    expect(await get(`events/${eventId}`)).toMatchObject({
      status: 'accepted',
      runs: [{ id: run.id, workflowId: workflow.id, status: 'succeeded' }],
    });
  });

  it('masks in the trigger what proves who sent it, as the event does', async () => {
    const workflow = await aWorkflow();
    const reply = await api.app.inject({
      method: 'POST',
      url: `/hooks/${workflow.endpoint.token}?token=s3cret-in-url&page=2`,
      headers: { 'content-type': 'application/json', authorization: 'Bearer s3cret-in-head' },
      payload: '{"total":1}',
    });
    expect(reply.statusCode).toBe(200);
    await worker.work();
    const run = await onlyRun(workflow.id);
    expect(JSON.stringify(run)).not.toContain('s3cret');
    expect(run.steps[0].output.query).toMatchObject({ page: '2' });
  });

  it('reads the body of a compressed request', async () => {
    const workflow = await aWorkflow();
    const reply = await api.app.inject({
      method: 'POST',
      url: `/hooks/${workflow.endpoint.token}`,
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      payload: gzipSync('{"total":7}'),
    });
    expect(reply.statusCode).toBe(200);
    await worker.work();
    expect((await onlyRun(workflow.id)).steps[1].output).toEqual({ total: 7 });
  });

  it('shows the way not taken as skipped', async () => {
    const workflow = await aWorkflow();
    await deliver(workflow.endpoint, { total: 1 });
    await worker.work();
    const { steps } = await onlyRun(workflow.id);
    expect(steps.map((step: any) => step.status)).toEqual(['succeeded', 'succeeded', 'succeeded', 'skipped']);
    expect(steps[3]).not.toHaveProperty('input');
  });

  it('shows large values by what they were stored as, and pages its steps', async () => {
    const workflow = await aWorkflow({
      ...definition,
      steps: [hook, { ...shape, config: { expression: '$join(["a", trigger.body.text])' } }],
      edges: [definition.edges[0]],
    });
    await deliver(workflow.endpoint, { text: 'x'.repeat(100_000) });
    await worker.work();
    const run = await onlyRun(workflow.id);
    expect(run.steps[1].output).toBe(`a${'x'.repeat(100_000)}`);
    const first = await get(`runs/${run.id}/steps?limit=1`);
    const second = await get(`runs/${run.id}/steps?limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map((step: any) => step.stepId)).toEqual(['hook', 'shape']);
    expect(second.nextCursor).toBeNull();
  });
});

describe('the list of runs', () => {
  it('holds queued and finished ones together, newest first, in pages', async () => {
    const workflow = await aWorkflow();
    await deliver(workflow.endpoint, { total: 1 });
    await deliver(workflow.endpoint, { total: 2 });
    await worker.work();
    await deliver(workflow.endpoint, { total: 3 });
    const statuses = (await runsOf(workflow.id)).map((run) => run.status);
    expect(statuses).toEqual(['queued', 'succeeded', 'succeeded']);
    expect((await runsOf(workflow.id))[0]).not.toHaveProperty('steps');
    const first = await get(`runs?workflowId=${workflow.id}&limit=2`);
    const second = await get(`runs?workflowId=${workflow.id}&limit=2&cursor=${first.nextCursor}`);
    expect(second.items).toHaveLength(1);
    expect(second.nextCursor).toBeNull();
    expect(await runsOf(workflow.id, '&status=queued')).toHaveLength(1);
    expect(await runsOf(workflow.id, '&kind=manual')).toHaveLength(0);
    expect(await runsOf(workflow.id, `&q=${first.items[1].id}`)).toHaveLength(1);
    expect(await runsOf(workflow.id, '&status=queued&q=total')).toHaveLength(1);
    expect(await runsOf(workflow.id, '&status=failed&q=total')).toHaveLength(0);
    expect(await runsOf(workflow.id, '&status=queued&step=shape')).toHaveLength(0);
    expect(await get(`runs/count?workflowId=${workflow.id}&status=waiting&step=shape`)).toMatchObject({
      count: 0,
    });
    expect(await runsOf(workflow.id, '&where=total%3E1')).toHaveLength(2);
    expect(await get(`runs/count?workflowId=${workflow.id}&where=total%3E1&status=succeeded`)).toMatchObject({
      count: 1,
    });
    expect(await runsOf(workflow.id, '&to=2020-01-01T00:00:00Z')).toHaveLength(0);
    await worker.work();
  });

  it('hides runs that the filter of the trigger skipped, unless asked', async () => {
    const workflow = await aWorkflow({
      ...definition,
      steps: [{ ...hook, config: { filter: 'trigger.body.total > 1' } }, shape],
      edges: [definition.edges[0]],
    });
    await deliver(workflow.endpoint, { total: 1 });
    await worker.work();
    expect(await runsOf(workflow.id)).toEqual([]);
    expect(await runsOf(workflow.id, '&status=skipped')).toMatchObject([{ status: 'skipped' }]);
  });
});

describe('a run that a person starts', () => {
  it('follows the live version, or the draft as it is', async () => {
    const workflow = await aWorkflow();
    const live = await api.call(`POST workflows/${workflow.id}/runs`, { body: { input: { total: 5 } } });
    expect(live.status).toBe(202);
    await worker.work();
    const run = await get(`runs/${live.body.runId}`);
    expect(run).toMatchObject({ kind: 'manual', version: 1, status: 'succeeded' });
    expect(run.steps[0].output).toMatchObject({ body: { total: 5 } });
    expect(run.steps[1].output).toEqual({ total: 5 });

    const draft = await api.call(`POST workflows/${workflow.id}/runs`, { body: { draft: true } });
    await worker.work();
    expect(await get(`runs/${draft.body.runId}`)).toMatchObject({ version: null, status: 'succeeded' });
  });

  it('is refused where nothing is live, and where there is no such trigger', async () => {
    const workflow = await aWorkflow(definition, false);
    expect((await api.call(`POST workflows/${workflow.id}/runs`)).status).toBe(409);
    const answer = await api.call(`POST workflows/${workflow.id}/runs`, {
      body: { draft: true, trigger: 'nowhere' },
    });
    expect(answer.status).toBe(422);
    expect((await api.call(`POST workflows/${FOREIGN}/runs`)).status).toBe(404);
  });

  it('does one step alone in a test', async () => {
    const workflow = await aWorkflow(
      { ...definition, steps: [hook, { ...shape, config: { expression: 'input.n + 1' } }, big, call] },
      false,
    );
    const test = await api.call(`POST workflows/${workflow.id}/steps/shape/test`, {
      body: { input: { n: 41 } },
    });
    expect(test.status).toBe(202);
    await worker.work();
    expect(await get(`runs/${test.body.runId}`)).toMatchObject({
      kind: 'test',
      version: null,
      status: 'succeeded',
      steps: [{ stepId: 'shape', input: { n: 41 }, output: 42 }],
    });
    expect((await api.call(`POST workflows/${workflow.id}/steps/none/test`)).status).toBe(404);
  });

  it('tells a step that is tested alone what the steps before it gave', async () => {
    const expression = '{ "who": trigger.body.name, "by": trigger.method, "total": steps.big.n * 2 }';
    const workflow = await aWorkflow(
      { ...definition, steps: [hook, { ...shape, config: { expression } }, big, call] },
      false,
    );
    const steps = { [hook.id]: { method: 'POST', body: { name: 'Ada' } }, [big.id]: { n: 21 } };
    const test = await api.call(`POST workflows/${workflow.id}/steps/shape/test`, { body: { steps } });
    await worker.work();
    expect(await get(`runs/${test.body.runId}`)).toMatchObject({
      status: 'succeeded',
      steps: [{ stepId: 'shape', output: { who: 'Ada', by: 'POST', total: 42 } }],
    });
  });

  it('waits while its workflow is paused', async () => {
    const workflow = await aWorkflow();
    await api.call(`POST workflows/${workflow.id}/pause`);
    const { body } = await api.call(`POST workflows/${workflow.id}/runs`);
    await worker.work();
    expect(await get(`runs/${body.runId}`)).toMatchObject({ status: 'queued' });
    await api.call(`POST workflows/${workflow.id}/resume`);
    await worker.work();
    expect(await get(`runs/${body.runId}`)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a retry', () => {
  it('goes on with the same run from what failed and keeps what had succeeded', async () => {
    const workflow = await aWorkflow();
    await deliver(workflow.endpoint, { total: 150 });
    answer = { status: 500, text: '{}' };
    await worker.work();
    const failed = await onlyRun(workflow.id);
    expect(failed).toMatchObject({ status: 'failed', error: { stepId: 'call', status: 500 } });
    answer = { status: 200, text: '{"ok":1}' };
    const begun = await api.call(`POST runs/${failed.id}/retry`);
    expect(begun).toMatchObject({ status: 202, body: { runId: failed.id } });
    expect(await get(`runs/${failed.id}`)).toMatchObject({ status: 'queued' });
    await worker.work();
    const run = await get(`runs/${failed.id}`);
    expect(run).toMatchObject({ status: 'succeeded' });
    expect(run.steps[1].attempts).toHaveLength(1);
    expect(run.steps[3].attempts.map((attempt: any) => attempt.status)).toEqual(['failed', 'succeeded']);
  });

  it('takes up a run that was given up because it kept killing its workers, and that says so', async () => {
    const workflow = await aWorkflow();
    await deliver(workflow.endpoint, { total: 150 });
    const [{ id }] = await runsOf(workflow.id);
    await api.parts.pools.ui.query(
      `update run_queue set state = 'running', owner = new_id(), claimed_at = now(), started_at = now(), deaths = 2
       where id = $1`,
      [id],
    );
    await worker.upkeep();
    const reason = { status: 'failed', error: { code: 'worker_died', message: expect.any(String) } };
    expect(await runsOf(workflow.id, '&status=failed')).toMatchObject([{ id, ...reason }]);
    expect(await get(`runs/${id}`)).toMatchObject(reason);
    expect((await api.call(`POST runs/${id}/retry`)).status).toBe(202);
    await worker.work();
    expect(await get(`runs/${id}`)).toMatchObject({ status: 'succeeded' });
  });

  it('is told before it is done, in the same version and in the live one', async () => {
    const workflow = await aWorkflow();
    await deliver(workflow.endpoint, { total: 150 });
    answer = { status: 404, text: '{}' };
    await worker.work();
    const { id } = await onlyRun(workflow.id);
    const foretold = async (query: string) => RetryForecast.parse(await get(`runs/${id}/retry${query}`));
    const onlyCall = { kept: ['hook', 'shape', 'big'], again: ['call'], version: 1 };
    expect(await foretold('')).toEqual(onlyCall);
    expect(await foretold('?version=live')).toEqual(onlyCall);
    expect(await foretold('?from=shape')).toEqual({
      kept: ['hook'],
      again: ['shape', 'big', 'call'],
      version: 1,
    });
    expect((await api.call(`GET runs/${id}/retry?from=gone`)).status).toBe(422);
    expect(await get(`runs/${id}`)).toMatchObject({ status: 'failed' });
    expect(WorkflowDefinition.parse(await get(`runs/${id}/definition`)).steps).toHaveLength(4);
    expect((await api.call(`GET runs/${FOREIGN}/definition`)).status).toBe(404);
  });

  it('never sends again what had succeeded, also where that follows the same step', async () => {
    const steps = [hook, { ...call, id: 'tell' }, call];
    const edges = [
      { source: 'hook', target: 'tell' },
      { source: 'tell', target: 'call' },
    ];
    const workflow = await aWorkflow({ format: 1, steps, edges });
    await deliver(workflow.endpoint, {});
    const asked: number[] = [];
    answer = {
      get status() {
        asked.push(asked.length);
        return asked.length === 2 ? 404 : 200;
      },
      text: '{}',
    };
    await worker.work();
    const { id } = await onlyRun(workflow.id);
    expect(await get(`runs/${id}`)).toMatchObject({ status: 'failed' });
    await api.call(`POST runs/${id}/retry`);
    await worker.work();
    expect(await get(`runs/${id}`)).toMatchObject({ status: 'succeeded' });
    expect(asked).toHaveLength(3);
  });

  it('does a named step and what follows it again', async () => {
    const workflow = await aWorkflow();
    await deliver(workflow.endpoint, { total: 150 });
    answer = { status: 404, text: '{}' };
    await worker.work();
    const failed = await onlyRun(workflow.id);
    answer = { status: 200, text: '{}' };
    await api.call(`POST runs/${failed.id}/retry`, { body: { from: 'shape' } });
    await worker.work();
    const run = await get(`runs/${failed.id}`);
    expect(run).toMatchObject({ status: 'succeeded' });
    expect(run.steps.map((step: any) => step.attempts.length)).toEqual([1, 2, 2, 2]);
  });

  it('with the live version is a new run that takes over finished results', async () => {
    const workflow = await aWorkflow();
    const eventId = await deliver(workflow.endpoint, { total: 150 });
    answer = { status: 404, text: '{}' };
    await worker.work();
    const failed = await onlyRun(workflow.id);
    const { body: draft } = await api.call(`GET workflows/${workflow.id}`);
    const steps = draft.definition.steps.map((step: any) =>
      step.id === 'call'
        ? { id: 'call', type: 'transform', config: { expression: 'steps.shape.total + 1' } }
        : step,
    );
    const changed = { revision: draft.revision, definition: { ...draft.definition, steps } };
    expect((await api.call(`PUT workflows/${workflow.id}`, { body: changed })).status).toBe(200);
    expect((await api.call(`POST workflows/${workflow.id}/publish`)).body).toEqual({ version: 2 });
    const retry = (body: object) =>
      api.call(`POST runs/${failed.id}/retry`, { body: { version: 'live', ...body } });
    expect((await retry({ from: 'gone' })).status).toBe(422);
    const twice = await Promise.all([retry({}), retry({})]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual([202, 409]);
    const begun = twice.find(({ status }) => status === 202)!;
    expect(begun.body.runId).not.toBe(failed.id);
    await worker.work();
    const run = await get(`runs/${begun.body.runId}`);
    expect(run).toMatchObject({ version: 2, status: 'succeeded', eventId });
    expect(run.steps[1].finishedAt).toBe(failed.steps[1].finishedAt);
    expect(run.steps[3].output).toBe(151);
    expect(await get(`runs/${failed.id}`)).toMatchObject({ status: 'failed', version: 1 });
    for (const body of [{ version: 'live' }, {}]) {
      const again = await api.call(`POST runs/${failed.id}/retry`, { body });
      expect(again).toMatchObject({
        status: 409,
        body: { detail: expect.stringContaining(begun.body.runId) },
      });
    }
  });

  it('is refused unless the run failed or was cancelled, and for steps it never reached', async () => {
    const workflow = await aWorkflow();
    await deliver(workflow.endpoint, { total: 1 });
    await worker.work();
    const run = await onlyRun(workflow.id);
    expect((await api.call(`POST runs/${run.id}/retry`)).status).toBe(409);
    expect((await api.call(`POST runs/${run.id}/retry`, { body: { from: 'call' } })).status).toBe(422);
    expect((await api.call(`POST runs/${FOREIGN}/retry`)).status).toBe(404);
  });
});

describe('a cancel', () => {
  it('ends a run that waits, which can be retried then', async () => {
    const workflow = await aWorkflow();
    await deliver(workflow.endpoint, { total: 1 });
    const { id } = await onlyRun(workflow.id);
    expect((await api.call(`POST runs/${id}/cancel`)).status).toBe(202);
    expect(await get(`runs/${id}`)).toMatchObject({ status: 'cancelled' });
    expect((await api.call(`POST runs/${id}/cancel`)).status).toBe(409);
    expect((await api.call(`POST runs/${FOREIGN}/cancel`)).status).toBe(404);
    await api.call(`POST runs/${id}/retry`);
    await worker.work();
    expect(await get(`runs/${id}`)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a replay', () => {
  it('starts a new run from the same event at every live workflow of its endpoint', async () => {
    const workflow = await aWorkflow();
    const eventId = await deliver(workflow.endpoint, { total: 150 });
    await worker.work();
    const replayed = await api.call(`POST events/${eventId}/replay`);
    expect(replayed.status).toBe(202);
    await worker.work();
    const run = await get(`runs/${replayed.body.runId}`);
    expect(run).toMatchObject({ kind: 'replay', eventId, status: 'succeeded', version: 1 });
    expect(run.steps[0].output.body).toEqual({ total: 150 });
    expect((await get(`events/${eventId}`)).runs).toHaveLength(2);
  });

  it('of a captured event needs a workflow, whose draft will do', async () => {
    const workflow = await aWorkflow(definition, false);
    const eventId = await deliver(workflow.endpoint, { total: 1 });
    const replay = (body?: unknown) => api.call(`POST events/${eventId}/replay`, { body });
    expect((await replay()).status).toBe(409);
    expect((await replay({ workflowId: workflow.id })).status).toBe(409);
    expect((await replay({ draft: true })).status).toBe(422);
    expect((await replay({ workflowId: FOREIGN, draft: true })).status).toBe(404);
    const begun = await replay({ workflowId: workflow.id, draft: true });
    expect(begun.status).toBe(202);
    await worker.work();
    expect(await get(`runs/${begun.body.runId}`)).toMatchObject({
      version: null,
      kind: 'replay',
      status: 'succeeded',
    });
  });
});

describe('a draft that is tried out with an event', () => {
  it('is a test, and no replay', async () => {
    const workflow = await aWorkflow(definition, false);
    const eventId = await deliver(workflow.endpoint, { total: 1 });
    const test = (body: object) => api.call(`POST workflows/${workflow.id}/runs`, { body });
    expect((await test({ eventId })).status).toBe(422);
    expect((await test({ eventId, draft: true, input: {} })).status).toBe(422);
    expect((await test({ eventId: FOREIGN, draft: true })).status).toBe(404);
    const begun = await test({ eventId, draft: true });
    expect(begun.status).toBe(202);
    await worker.work();
    const run = await get(`runs/${begun.body.runId}`);
    expect(run).toMatchObject({ version: null, kind: 'test', eventId, status: 'succeeded' });
    expect(run.steps[0].output.body).toEqual({ total: 1 });
    expect((await get(`events/${eventId}`)).runs).toMatchObject([{ kind: 'test' }]);
  });
});
