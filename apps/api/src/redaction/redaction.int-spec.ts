import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';
import { InlineWorker } from '../../test/inline-worker.js';
import { EventParts } from '../event-parts.js';

const BODY = { id: 'o-1', card: { number: '4111-secret', brand: 'visa' }, password: 'hunter2', total: 5 };

let api: ApiUnderTest;
let worker: InlineWorker;
let endpoint: any;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  worker = await InlineWorker.start(api.parts, api.app.get(EventParts), () => ({
    status: 200,
    text: '{"password":"from outside"}',
  }));
  endpoint = (await api.call('POST endpoints', { body: { name: 'Orders' } })).body;
  for (const pattern of ['password', 'card.number']) {
    expect((await api.call('POST redaction-rules', { body: { pattern } })).status).toBe(201);
  }
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

async function deliver(body: unknown, headers: Record<string, string> = {}): Promise<string> {
  const answer = await api.app.inject({
    method: 'POST',
    url: `/hooks/${endpoint.token}?password=p`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(body),
  });
  return answer.json().eventId;
}

it('hides values of an event, says by which rules, and gives its exact bytes away no more', async () => {
  const id = await deliver(BODY, { password: 'p' });
  const event = (await api.call(`GET events/${id}`)).body;
  expect(event.body).toEqual({
    ...BODY,
    card: { number: '[redacted]', brand: 'visa' },
    password: '[redacted]',
  });
  expect(event.redactedBy.toSorted()).toEqual(['card.number', 'password']);
  expect([event.headers.password, event.query.password]).toEqual(['[redacted]', '[redacted]']);
  expect(await api.call(`GET events/${id}/raw`)).toMatchObject({ status: 409, body: { code: 'redacted' } });
  const plain = await deliver({ total: 5 });
  expect((await api.call(`GET events/${plain}`)).body).not.toHaveProperty('redactedBy');
  expect((await api.call(`GET events/${plain}/raw`)).status).toBe(200);
});

it('lets runs see all, and people only what no rule hides', async () => {
  const definition = {
    format: 1,
    steps: [
      { id: 'order', type: 'trigger.webhook', name: 'Order', config: { endpoint: endpoint.key } },
      {
        id: 'call',
        type: 'http',
        name: 'Call',
        config: { method: 'POST', url: 'http://stand-in.test/', body: '{{ trigger.body }}' },
      },
      {
        id: 'same',
        type: 'transform',
        name: 'Same',
        config: { expression: 'trigger.body.password = "hunter2"' },
      },
    ],
    edges: [
      { source: 'order', target: 'call' },
      { source: 'call', target: 'same' },
    ],
  };
  const { body: workflow } = await api.call('POST workflows', { body: { name: 'Flow', definition } });
  expect((await api.call(`POST workflows/${workflow.id}/publish`)).status).toBe(200);
  const eventId = await deliver(BODY);
  await worker.work();
  const [{ id }] = (await api.call(`GET events/${eventId}`)).body.runs;
  const run = (await api.call(`GET runs/${id}`)).body;
  expect(run.status).toBe('succeeded');
  const [order, call, same] = run.steps;
  expect(same.output).toBe(true);
  expect(order.output.body.card.number).toBe('[redacted]');
  expect(call.output.body.password).toBe('[redacted]');
  expect(call.redactedBy).toContain('password');
  expect(JSON.stringify(run)).not.toMatch(/hunter2|4111-secret|from outside/);
});

it('does not let a hidden value be guessed by searching', async () => {
  const id = await deliver({ ...BODY, id: 'o-search' });
  const found = async (query: string) =>
    (await api.call(`GET events?${query}`)).body.items?.map((item: any) => item.id);
  expect(await found('q=o-search')).toEqual([id]);
  expect(await found('q=4111')).toEqual([]);
  expect((await api.call('GET events?where=card.number%3D4111')).status).toBe(422);
  expect((await api.call('GET events?where=total%3D5')).status).toBe(200);
  expect((await api.call('GET events/count?q=4111')).status).toBe(422);
  const replay = { filter: { q: '4111' } };
  expect((await api.call('POST events/replay', { body: replay })).status).toBe(422);
});

it('does not let it be guessed by the runs that hold it', async () => {
  const definition = {
    format: 1,
    steps: [
      { id: 'order', type: 'trigger.webhook', config: { endpoint: endpoint.key } },
      { id: 'hand', type: 'trigger.manual', config: {} },
    ],
    edges: [],
  };
  const { body: workflow } = await api.call('POST workflows', { body: { name: 'Sought', definition } });
  await api.call(`POST workflows/${workflow.id}/publish`);
  await deliver({ ...BODY, id: 'o-runs', card: { number: '4222', brand: 'visa' } });
  await api.call(`POST workflows/${workflow.id}/runs`, {
    body: { input: { note: 'blue', password: '4222' } },
  });
  await worker.work();
  const of = `workflowId=${workflow.id}`;
  const count = async (query: string) => (await api.call(`GET runs/count?${of}&${query}`)).body.count;
  const listed = async (query: string) => (await api.call(`GET runs?${of}&${query}`)).body.items.length;
  expect([await count('q=o-runs'), await listed('q=o-runs')]).toEqual([1, 1]);
  expect([await count('q=blue'), await listed('q=blue')]).toEqual([1, 1]);
  expect([await count('q=4222'), await listed('q=4222')]).toEqual([0, 0]);
  const batch = { action: 'retry', filter: { workflowId: workflow.id, q: '4222' } };
  expect((await api.call('POST run-batches', { body: batch })).body.total).toBe(0);
  expect((await api.call(`GET runs?${of}&where=card.number%3D4222`)).status).toBe(422);
  expect(await listed('where=card.brand%3Dvisa')).toBe(1);
});

it('has each rule once, notes who made it, and shows all again without it', async () => {
  const id = await deliver({ token: 't' });
  const made = await api.call('POST redaction-rules', { body: { pattern: ' token ' } });
  expect(made.body).toMatchObject({ pattern: 'token', createdBy: 'owner@example.com' });
  expect((await api.call('POST redaction-rules', { body: { pattern: 'token' } })).status).toBe(409);
  expect((await api.call('POST redaction-rules', { body: { pattern: 'a..b' } })).status).toBe(422);
  expect((await api.call('GET redaction-rules')).body.items.map(({ pattern }: any) => pattern)).toEqual([
    'token',
    'card.number',
    'password',
  ]);
  expect((await api.call(`GET events/${id}`)).body.body.token).toBe('[redacted]');
  expect((await api.call(`DELETE redaction-rules/${made.body.id}`)).status).toBe(204);
  expect((await api.call(`DELETE redaction-rules/${made.body.id}`)).status).toBe(404);
  expect((await api.call(`GET events/${id}`)).body.body.token).toBe('t');
  const { rows } = await api.parts.pools.ui.query(
    `select action, detail from audit where subject_kind = 'redaction-rule' order by id desc limit 2`,
  );
  expect(rows).toEqual([
    { action: 'delete', detail: 'token' },
    { action: 'create', detail: 'token' },
  ]);
});
