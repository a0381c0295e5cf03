import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';
import { InlineWorker } from '../../test/inline-worker.js';
import { EventParts } from '../event-parts.js';

let api: ApiUnderTest;
let worker: InlineWorker;
let isWorking = false;
let working: Promise<void> = Promise.resolve();
beforeAll(async () => {
  api = await ApiUnderTest.start();
  worker = await InlineWorker.start(api.parts, api.app.get(EventParts), () => ({ status: 200, text: '{}' }));
});
afterEach(async () => {
  isWorking = false;
  await working;
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

const step = (id: string, type: string, config: object = {}) => ({ id, type, config });

/** A workflow of these steps in a line, live, whose endpoint waits for its runs. */
async function aWaitingLine(steps: readonly object[], response: object = {}) {
  const all = [step('hook', 'trigger.webhook'), ...steps] as { id: string }[];
  const edges = all.slice(1).map(({ id }, at) => ({ source: all[at]!.id, target: id }));
  const made = await api.call('POST workflows', {
    body: { name: 'Waiting', definition: { format: 1, steps: all, edges } },
  });
  expect(made.status).toBe(201);
  const key = made.body.definition.steps[0].config.endpoint;
  const { body } = await api.call('GET endpoints?limit=200');
  const endpoint = body.items.find((item: any) => item.key === key);
  const full = (await api.call(`GET endpoints/${endpoint.id}`)).body;
  const changed = await api.call(`PUT endpoints/${endpoint.id}`, {
    body: { ...full, response: { mode: 'wait', ...response } },
  });
  expect(changed.status).toBe(200);
  expect((await api.call(`POST workflows/${made.body.id}/publish`)).status).toBe(200);
  return { id: made.body.id as string, token: full.token as string, endpointId: full.id as string };
}

function work(): void {
  isWorking = true;
  working = (async () => {
    while (isWorking) {
      await worker.work();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
}

const deliver = (token: string, value: unknown) =>
  api.app.inject({
    method: 'POST',
    url: `/hooks/${token}`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(value),
  });

describe('an endpoint that waits for its run', () => {
  it('answers what the respond step says, with its status and headers, and the run goes on', async () => {
    const { token, id } = await aWaitingLine([
      step('say', 'respond', {
        status: 201,
        headers: { 'x-total': '{{ trigger.body.total }}', 'set-cookie': 'no=1' },
        body: { twice: '{{ trigger.body.total * 2 }}' },
      }),
      step('after', 'transform', { expression: 'input.status' }),
    ]);
    work();
    const reply = await deliver(token, { total: 21 });
    expect(reply.statusCode).toBe(201);
    expect(reply.json()).toEqual({ twice: 42 });
    expect(reply.headers).toMatchObject({ 'x-total': '21', 'content-security-policy': 'sandbox' });
    expect(reply.headers['set-cookie']).toBeUndefined();
    await expect
      .poll(async () => (await api.call(`GET runs?workflowId=${id}`)).body.items[0].status)
      .toBe('succeeded');
    const { items } = (await api.call('GET events')).body;
    await expect.poll(async () => (await api.call(`GET events/${items[0].id}`)).body.answer.status).toBe(201);
  });

  it('answers what the last step gave where none responds', async () => {
    const { token } = await aWaitingLine([
      step('shape', 'transform', { expression: '{"n": trigger.body.n + 1}' }),
    ]);
    work();
    const reply = await deliver(token, { n: 1 });
    expect([reply.statusCode, reply.json()]).toEqual([200, { n: 2 }]);
  });

  it('says 502 and which run when the run failed', async () => {
    const { token } = await aWaitingLine([step('bad', 'stop', { status: 'failed' })]);
    work();
    const reply = await deliver(token, {});
    expect(reply.statusCode).toBe(502);
    expect(reply.json()).toEqual({ eventId: expect.any(String), runId: expect.any(String) });
  });

  it('says 504 with the event’s id when the time is up, and the run goes on', async () => {
    const { token, id } = await aWaitingLine([step('say', 'respond', { body: 'late' })], {
      timeoutSeconds: 1,
    });
    const reply = await deliver(token, {});
    expect([reply.statusCode, reply.json()]).toEqual([504, { eventId: expect.any(String) }]);
    await worker.work();
    expect((await api.call(`GET runs?workflowId=${id}`)).body.items[0].status).toBe('succeeded');
  });

  it('holds nobody for a sample, and says so of its event', async () => {
    const { endpointId } = await aWaitingLine([step('say', 'respond', { status: 201 })]);
    const { status, body } = await api.call(`POST endpoints/${endpointId}/test`, { body: {} });
    expect([status, body.detail]).toEqual([202, undefined]);
    await worker.work();
    const event = (await api.call(`GET events/${body.eventId}`)).body;
    expect(event).toMatchObject({ answer: { status: 200 }, runs: [{ status: 'succeeded' }] });
  });

  it('gives a captured event its ordinary answer', async () => {
    const { token, id } = await aWaitingLine([step('say', 'respond')]);
    await api.call(`POST workflows/${id}/unpublish`);
    await expect.poll(async () => (await deliver(token, {})).statusCode).toBe(200);
  });
});
