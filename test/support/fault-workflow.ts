import type { EndpointView } from '@hookloom/contracts';
import type { HttpReceiver } from '@hookloom/testing/http-receiver';
import { expect } from 'vitest';
import { until, type ApiClient } from './api-client.js';
import type { SteadySender } from './steady-sender.js';

/** Webhook → transform → http to the receiver, so that each delivery leaves a trace outside. */
export async function liveFaultWorkflow(api: ApiClient, receiver: HttpReceiver): Promise<EndpointView> {
  const endpoint = await api.createEndpoint({ name: 'Deliveries', sender: 'github' });
  await api.createLive('Each delivery once', {
    format: 1,
    steps: [
      { id: 'hook', type: 'trigger.webhook', config: { endpoint: endpoint.key } },
      { id: 'shape', type: 'transform', config: { expression: '{ "id": trigger.body.id }' } },
      {
        id: 'call',
        type: 'http',
        config: { method: 'POST', url: `${receiver.url}/done`, body: '{{ steps.shape }}' },
        retry: { initialDelayMs: 200, maxDelayMs: 1_000 },
      },
    ],
    edges: [
      { source: 'hook', target: 'shape' },
      { source: 'shape', target: 'call' },
    ],
    settings: {},
  });
  return endpoint;
}

/** Every acknowledged delivery has its one run, finished; every repeat outside carried the same key. */
export async function expectNothingLost(
  api: ApiClient,
  receiver: HttpReceiver,
  sender: SteadySender,
): Promise<void> {
  await until('all runs to end', 120_000, async () => {
    const [queued, running, waiting] = await Promise.all(
      ['queued', 'running', 'waiting'].map((status) =>
        api.do<{ items: unknown[] }>('GET', `/runs?status=${status}&limit=1`),
      ),
    );
    return [queued, running, waiting].every((page) => page?.items.length === 0) || undefined;
  });
  const keysById = new Map<string, Set<string>>();
  for (const request of receiver.requests) {
    const { id } = JSON.parse(request.body.toString()) as { id: string };
    const keys = keysById.get(id) ?? new Set();
    keys.add(String(request.headers['idempotency-key']));
    keysById.set(id, keys);
  }
  const lost = [...sender.acknowledged.keys()].filter((id) => !keysById.has(id));
  expect(lost).toEqual([]);
  const doubled = [...keysById].filter(([, keys]) => keys.size > 1);
  expect(doubled).toEqual([]);
  for (const eventId of [...sender.acknowledged.values()].slice(-20)) {
    const event = await api.event(eventId);
    expect(event.runs.map((run) => run.status)).toEqual(['succeeded']);
  }
  const { items: failed } = await api.do<{ items: unknown[] }>('GET', '/runs?status=failed&limit=5');
  expect(failed).toEqual([]);
}
