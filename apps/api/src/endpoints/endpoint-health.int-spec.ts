import { EndpointHealth, EndpointKeys, EndpointWorkflow } from '@hookloom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiUnderTest } from '../../test/api-under-test.js';
import { InlineWorker } from '../../test/inline-worker.js';
import { EventParts } from '../event-parts.js';

let api: ApiUnderTest;
let worker: InlineWorker;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  worker = await InlineWorker.start(api.parts, api.app.get(EventParts), () => ({ status: 200, text: '{}' }));
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

const Made = z.object({ id: z.string(), key: z.string(), token: z.string() });
const Workflows = z.object({ items: z.array(EndpointWorkflow) });

async function anEndpoint(body: object = {}) {
  return Made.parse((await api.call('POST endpoints', { body: { name: 'Orders', ...body } })).body);
}

async function aLiveWorkflow(name: string, endpoint: string, filter?: string): Promise<string> {
  const definition = {
    format: 1,
    steps: [
      { id: 'hook', type: 'trigger.webhook', config: { endpoint, ...(filter ? { filter } : {}) } },
      {
        id: 'shape',
        type: 'transform',
        config: { expression: `{ "by": "${name}", "n": trigger.body.total }` },
      },
    ],
    edges: [{ source: 'hook', target: 'shape' }],
  };
  const { body } = await api.call('POST workflows', { body: { name, definition } });
  expect((await api.call(`POST workflows/${body.id}/publish`)).status).toBe(200);
  return body.id;
}

async function deliver(token: string, value: unknown, method = 'POST') {
  const reply = await api.app.inject({
    method: method as 'POST',
    url: `/hooks/${token}`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(value),
  });
  return { status: reply.statusCode, eventId: String(reply.json().eventId) };
}

describe('several workflows on one endpoint', () => {
  it('each run by their own filter, and say what their own runs did', async () => {
    const endpoint = await anEndpoint();
    const big = await aLiveWorkflow('Big', endpoint.key, 'trigger.body.total > 100');
    const all = await aLiveWorkflow('All', endpoint.key);
    const broken = await aLiveWorkflow('Broken', endpoint.key, '$error("no")');
    const small = await deliver(endpoint.token, { total: 5 });
    const large = await deliver(endpoint.token, { total: 500 });
    await worker.work();

    const runsOf = async (eventId: string) => {
      const { runs } = (await api.call(`GET events/${eventId}`)).body;
      return Object.fromEntries(
        runs.map((run: { workflowId: string; status: string }) => [run.workflowId, run.status]),
      );
    };
    expect(await runsOf(small.eventId)).toEqual({ [big]: 'skipped', [all]: 'succeeded', [broken]: 'failed' });
    expect(await runsOf(large.eventId)).toEqual({
      [big]: 'succeeded',
      [all]: 'succeeded',
      [broken]: 'failed',
    });

    const { items } = Workflows.parse((await api.call(`GET endpoints/${endpoint.id}/workflows`)).body);
    expect(items).toMatchObject([
      { workflowId: all, isStarted: true, runs: { succeeded: 2, failed: 0, skipped: 0 } },
      { workflowId: big, filter: 'trigger.body.total > 100', runs: { succeeded: 1, failed: 0, skipped: 1 } },
      { workflowId: broken, runs: { succeeded: 0, failed: 2, skipped: 0 } },
    ]);
  });

  it('are listed while they are drafts or paused too', async () => {
    const endpoint = await anEndpoint();
    const id = await aLiveWorkflow('Paused', endpoint.key);
    await api.call(`POST workflows/${id}/pause`);
    const { items } = Workflows.parse((await api.call(`GET endpoints/${endpoint.id}/workflows`)).body);
    expect(items).toMatchObject([{ workflowId: id, status: 'paused', isStarted: false }]);
  });
});

describe('health', () => {
  it('counts what came this hour, by what came of it', async () => {
    const endpoint = await anEndpoint({ dedupe: { key: 'trigger.body.id' } });
    await aLiveWorkflow('Counted', endpoint.key);
    const look = async () =>
      EndpointHealth.parse((await api.call(`GET endpoints/${endpoint.id}/health`)).body);
    await deliver(endpoint.token, { id: 1 });
    await deliver(endpoint.token, { id: 1 });
    await deliver(endpoint.token, { id: 2 }, 'PUT');
    const health = await look();
    const sum = (name: 'taken' | 'duplicate' | 'rejected') =>
      health.hours.reduce((total, hour) => total + hour[name], 0);
    expect([sum('taken'), sum('duplicate'), sum('rejected')]).toEqual([1, 1, 1]);
    expect(health.lastEventAt).not.toBeNull();
    expect(health.silence).toEqual({ state: 'learning' });
  });

  it('says when an endpoint is silent, and since when', async () => {
    const endpoint = await anEndpoint({ silence: { mode: 'after', minutes: 60 } });
    const look = async () =>
      EndpointHealth.parse((await api.call(`GET endpoints/${endpoint.id}/health`)).body).silence;
    expect(await look()).toEqual({ state: 'off' });
    await aLiveWorkflow('Silent', endpoint.key);
    expect(await look()).toEqual({ state: 'watching', afterSeconds: 3_600 });
    await api.parts.pools.ui.query(
      `insert into endpoint_watch (endpoint_id, project_id, silent_since)
       select id, project_id, '2026-01-01T10:00:00Z' from endpoint where id = $1`,
      [endpoint.id],
    );
    expect(await look()).toEqual({ state: 'silent', afterSeconds: 3_600, since: '2026-01-01T10:00:00.000Z' });
  });

  it('asks for minutes where the alarm is to come after a time', async () => {
    const answer = await api.call('POST endpoints', { body: { name: 'x', silence: { mode: 'after' } } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'silence.minutes' }] } });
  });
});

describe('a rotation', () => {
  it('says until when the old ones are good, and can be ended now', async () => {
    const endpoint = await anEndpoint({ sender: 'github', secret: 'the first secret' });
    const keysOf = async () => EndpointKeys.parse((await api.call(`GET endpoints/${endpoint.id}/keys`)).body);
    const rotation = { token: true, secret: 'the second secret', overlapSeconds: 3_600 };
    await api.call(`POST endpoints/${endpoint.id}/rotate`, { body: rotation });
    const overlapping = await keysOf();
    expect(overlapping.tokens).toMatchObject([{ expiresAt: null }, { expiresAt: expect.any(String) }]);
    expect(overlapping.secrets).toHaveLength(2);
    expect((await deliver(endpoint.token, {})).status).toBe(401);

    await api.call(`POST endpoints/${endpoint.id}/rotate/end`, { body: { what: 'token' } });
    await expect.poll(async () => (await deliver(endpoint.token, {})).status).toBe(404);
    const ended = await keysOf();
    expect([ended.tokens.length, ended.secrets.length]).toEqual([1, 2]);
  });
});
