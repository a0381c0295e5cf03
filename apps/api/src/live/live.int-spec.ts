import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, ApiUnderTest } from '../../test/api-under-test.js';
import { InlineWorker } from '../../test/inline-worker.js';
import { EventParts } from '../event-parts.js';

let api: ApiUnderTest;
let worker: InlineWorker;
let url: string;
/** What the other side of every `http` step answers, and when. */
let answer: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  worker = await InlineWorker.start(api.parts, api.app.get(EventParts), async () => {
    await answer();
    return { status: 200, text: '{}' };
  });
  await api.app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(api.app.getHttpServer().address() as AddressInfo).port}`;
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

interface Received {
  readonly name: string;
  readonly value: any;
}

/** Reads a stream of server-sent events into a list until it ends. */
async function follow(path: string): Promise<{ received: Received[]; ended: Promise<void>; stop(): void }> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
    signal: abort.signal,
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const received: Received[] = [];
  const read = async () => {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const found = /^event: (.*)\ndata: (.*)$/.exec(block);
        if (found) received.push({ name: found[1]!, value: JSON.parse(found[2]!) });
      }
    }
  };
  const ended = read().catch(() => undefined);
  return { received, ended, stop: () => abort.abort() };
}

const definition = {
  format: 1,
  steps: [
    { id: 'hook', type: 'trigger.webhook', config: {} },
    { id: 'shape', type: 'transform', config: { expression: '1' } },
  ],
  edges: [{ source: 'hook', target: 'shape' }],
};

const withCall = {
  format: 1,
  steps: [definition.steps[0], { id: 'call', type: 'http', config: { url: 'https://stand-in.test/' } }],
  edges: [{ source: 'hook', target: 'call' }],
};

async function aWorkflow(shape: object = definition) {
  const { body } = await api.call('POST workflows', { body: { name: 'Live', definition: shape } });
  await api.call(`POST workflows/${body.id}/publish`);
  const endpoints = (await api.call('GET endpoints?limit=200')).body.items;
  const key = body.definition.steps[0].config.endpoint;
  return { id: body.id, endpoint: endpoints.find((item: any) => item.key === key) };
}

async function deliver(endpoint: any): Promise<string> {
  const answer = await fetch(`${url}/hooks/${endpoint.token}`, { method: 'POST', body: '{}' });
  return ((await answer.json()) as { eventId: string }).eventId;
}

describe('a live stream', () => {
  it('tells of events as they are stored', async () => {
    const { endpoint } = await aWorkflow();
    const stream = await follow('events/stream');
    const delivered = new Set<string>();
    const deliverMore = async () => {
      delivered.add(await deliver(endpoint));
      return stream.received.length;
    };
    await expect.poll(deliverMore, { interval: 50 }).toBeGreaterThan(0);
    expect(delivered).toContain(stream.received[0]!.value.id);
    expect(stream.received[0]).toMatchObject({
      name: 'event',
      value: { endpointId: endpoint.id, status: 'accepted' },
    });
    stream.stop();
    await worker.work();
  });

  it('tells where a run stands, then each change of it and of no other run', async () => {
    const { id, endpoint } = await aWorkflow();
    await deliver(endpoint);
    await deliver(endpoint);
    const [run, other] = (await api.call(`GET runs?workflowId=${id}`)).body.items;
    const stream = await follow(`runs/${run.id}/stream`);
    await expect
      .poll(() => stream.received)
      .toEqual([{ name: 'run', value: { runId: run.id, seq: 0, status: 'queued' } }]);
    await worker.work();
    await expect
      .poll(() => stream.received.at(-1))
      .toMatchObject({
        name: 'run',
        value: { runId: run.id, status: 'succeeded' },
      });
    expect(stream.received.some(({ value }) => value.runId === other.id)).toBe(false);
    stream.stop();
  });

  it('says that a step is under way while the other side keeps it waiting, and so does the run', async () => {
    const { id, endpoint } = await aWorkflow(withCall);
    await deliver(endpoint);
    const [run] = (await api.call(`GET runs?workflowId=${id}`)).body.items;
    const stream = await follow(`runs/${run.id}/stream`);
    await expect.poll(() => stream.received.length).toBeGreaterThan(0);
    let letGo: () => void = () => undefined;
    answer = () => new Promise((resolve) => (letGo = resolve));
    const working = worker.work();
    const shown = async () => {
      const { body } = await api.call(`GET runs/${run.id}`);
      return [body.status, ...body.steps.map((step: any) => `${step.stepId} ${step.status}`)];
    };
    await expect.poll(shown).toEqual(['running', 'hook succeeded', 'call running']);
    const told = () => stream.received.map(({ value }) => `${value.stepId ?? 'run'} ${value.status}`);
    await expect.poll(told).toContain('call running');
    await expect.poll(told).toContain('run running');
    answer = async () => undefined;
    letGo();
    await working;
    expect(await shown()).toEqual(['succeeded', 'hook succeeded', 'call succeeded']);
    const { body } = await api.call(`GET runs/${run.id}`);
    expect(body.steps[1].attempts).toHaveLength(1);
    stream.stop();
  });

  it('tells at once of a run that a person ends before a worker had it', async () => {
    const { id, endpoint } = await aWorkflow();
    await deliver(endpoint);
    const [run] = (await api.call(`GET runs?workflowId=${id}`)).body.items;
    const ended = async () =>
      (await api.parts.metrics.runs.get()).values.find(({ labels }) => labels.status === 'cancelled')?.value;
    const before = (await ended()) ?? 0;
    const stream = await follow(`runs/${run.id}/stream`);
    await expect.poll(() => stream.received.length).toBe(1);
    await api.call(`POST runs/${run.id}/cancel`);
    await expect
      .poll(() => stream.received.at(-1), { timeout: 3_000 })
      .toMatchObject({ name: 'run', value: { runId: run.id, status: 'cancelled' } });
    expect(await ended()).toBe(before + 1);
    stream.stop();
  });

  it('tells soon of what happened while the stream was opened', async () => {
    const { id, endpoint } = await aWorkflow();
    await deliver(endpoint);
    const [run] = (await api.call(`GET runs?workflowId=${id}`)).body.items;
    const stream = await follow(`runs/${run.id}/stream`);
    await api.parts.pools.ui.query(`update run_queue set state = 'waiting' where id = $1`, [run.id]);
    await expect.poll(() => stream.received.at(-1)?.value.status).toBe('waiting');
    await api.parts.pools.ui.query(`delete from run_queue where id = $1`, [run.id]);
    stream.stop();
  });

  it('is only for those who may read, and only for runs of their project', async () => {
    const nobody = await fetch(`${url}/api/v1/events/stream`);
    expect(nobody.status).toBe(401);
    const unknown = await api.call('GET runs/0197e6f0-0000-7000-8000-000000000000/stream');
    expect(unknown.status).toBe(404);
  });

  it('ends when the process stops', async () => {
    const stream = await follow('events/stream');
    await api.app.close();
    await stream.ended;
  });
});
