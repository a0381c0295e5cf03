import type { ConnectionView, EndpointView, WorkflowDefinition, WorkflowView } from '@hookloom/contracts';
import type { HttpReceiver } from '@hookloom/testing/http-receiver';
import { expect } from 'vitest';
import type { ApiClient } from '../../support/api-client.js';

/** A connection whose messages arrive at the receiver's `/slack`. */
export function connectSlack(api: ApiClient, receiver: HttpReceiver): Promise<ConnectionView> {
  return api.do('POST', '/connections', {
    name: `Shop channel ${receiver.port}`,
    type: 'slack.webhook',
    data: { url: `${receiver.url}/slack` },
  });
}

/** A draft that begins with a webhook of its own. */
export function aWebhookWorkflow(
  api: ApiClient,
  name: string,
  steps: WorkflowDefinition['steps'] = [],
): Promise<WorkflowView> {
  const trigger = { id: 'webhook', type: 'trigger.webhook', name: 'Webhook', config: {} };
  const all = [trigger, ...steps];
  const edges = steps.map(({ id }, at) => ({ source: all[at]?.id ?? '', target: id }));
  return api.do('POST', '/workflows', { name, definition: { format: 1, steps: all, edges, settings: {} } });
}

/** The endpoint of a workflow's first step. */
export async function endpointOf(api: ApiClient, workflowId: string): Promise<EndpointView> {
  const { definition } = await api.do<WorkflowView>('GET', `/workflows/${workflowId}`);
  const key = definition.steps[0]?.config['endpoint'];
  const { items } = await api.do<{ items: EndpointView[] }>('GET', '/endpoints?limit=200');
  const found = items.find((endpoint) => endpoint.key === key);
  if (found === undefined) throw new Error(`No endpoint has the key ${String(key)}`);
  return found;
}

/** Sends one event as any sender would. @returns its id */
export async function send(url: string, body: unknown): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  const { eventId } = (await response.json()) as { eventId: string };
  return eventId;
}

/** The bodies that arrived, by path. */
export function bodiesByPath({ requests }: HttpReceiver): Record<string, string> {
  return Object.fromEntries(requests.map(({ url, body }) => [url, body.toString()]));
}

/**
 * The workflow of the build tests (webhook → if → HTTP, otherwise Slack) is there, and does what was built.
 *
 * @param workflowId a published workflow that was built as above
 */
export async function expectRoutesOrders(
  api: ApiClient,
  receiver: HttpReceiver,
  workflowId: string,
): Promise<void> {
  const { url } = await endpointOf(api, workflowId);
  await send(url, { id: 'A1', total: 250 });
  await send(url, { id: 'A2', total: 20 });
  await receiver.waitFor(2);
  const bodies = bodiesByPath(receiver);
  expect(JSON.parse(bodies['/orders'] ?? '')).toEqual({ id: 'A1', total: 250 });
  expect(bodies['/slack']).toContain('Small order A2');
}
