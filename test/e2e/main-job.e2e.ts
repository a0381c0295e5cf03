import { createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import type { EndpointView, WorkflowDefinition } from '@hookloom/contracts';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { startSmtpServer, type SmtpStandIn } from '@hookloom/testing/smtp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/api-client.js';
import { startProduct, type Product } from '../support/product.js';

interface GithubExample {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}
const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as GithubExample[];
const SECRET = 'a secret that GitHub knows';

function payload(name: string): string {
  const found = examples.find((example) => example.name === name)?.examples[0];
  if (!found) throw new Error(`no example of ${name}`);
  return JSON.stringify(found);
}

/** Sends as GitHub does: signed over the exact bytes, with its headers. */
async function push(
  endpoint: EndpointView,
  type: string,
  body: string,
  delivery: string = randomUUID(),
): Promise<Response> {
  const signature = createHmac('sha256', SECRET).update(body).digest('hex');
  return fetch(endpoint.url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/0f4bdf3',
      'x-github-delivery': delivery,
      'x-github-event': type,
      'x-hub-signature-256': `sha256=${signature}`,
    },
  });
}

function definition(endpoint: string, receiver: HttpReceiver): WorkflowDefinition {
  return {
    format: 1,
    steps: [
      { id: 'github', type: 'trigger.webhook', config: { endpoint } },
      {
        id: 'shape',
        type: 'transform',
        config: {
          expression:
            '{ "event": trigger.type, "repository": trigger.body.repository.full_name, "by": trigger.body.sender.login }',
        },
      },
      {
        id: 'call',
        type: 'http',
        config: { method: 'POST', url: `${receiver.url}/ci`, body: '{{ steps.shape }}' },
      },
      {
        id: 'tell',
        type: 'slack',
        config: {
          connection: 'team-slack',
          text: '{{ steps.shape.by }}: {{ trigger.type }} in {{ steps.shape.repository }}',
        },
      },
      {
        id: 'mail',
        type: 'email',
        config: {
          connection: 'team-mail',
          to: 'ops@example.com',
          subject: 'GitHub {{ trigger.type }}',
          text: 'By {{ steps.shape.by }}',
        },
      },
    ],
    edges: [
      { source: 'github', target: 'shape' },
      { source: 'shape', target: 'call' },
      { source: 'shape', target: 'tell' },
      { source: 'shape', target: 'mail' },
    ],
    settings: {},
  };
}

describe('the main job: a GitHub delivery becomes an HTTP call, a Slack message and an e-mail', () => {
  let product: Product;
  let receiver: HttpReceiver;
  let mail: SmtpStandIn;
  let endpoint: EndpointView;

  beforeAll(async () => {
    [product, receiver, mail] = await Promise.all([startProduct(), startHttpReceiver(), startSmtpServer()]);
    const { api } = product;
    endpoint = await api.createEndpoint({ name: 'GitHub', sender: 'github', secret: SECRET });
    await api.do('POST', '/connections', {
      name: 'Team Slack',
      type: 'slack.webhook',
      data: { url: `${receiver.url}/slack` },
    });
    await api.do('POST', '/connections', {
      name: 'Team mail',
      type: 'smtp',
      data: { host: '127.0.0.1', port: mail.port, secure: false, from: 'hookloom@example.com' },
    });
    await api.createLive('GitHub to the team', definition(endpoint.key, receiver));
  });
  afterAll(async () => {
    await product?.[Symbol.asyncDispose]();
    await Promise.all([receiver?.close(), mail?.close()]);
  });

  it.each(['push', 'pull_request', 'ping', 'release'])(
    '%s: exactly once each, and followed in the run log',
    async (type) => {
      const before = { calls: receiver.requests.length, mails: mail.mails.length };
      const answer = await push(endpoint, type, payload(type));
      expect(answer.status).toBe(200);
      const { eventId } = (await answer.json()) as { eventId: string };
      const [run, ...others] = await product.api.finishedRuns(eventId);
      expect(others).toEqual([]);
      expect(run).toMatchObject({ status: 'succeeded', kind: 'event', version: 1, eventId });
      expect(run!.steps.map((step) => step.stepId).sort()).toEqual([
        'call',
        'github',
        'mail',
        'shape',
        'tell',
      ]);
      expect(run!.steps[0]).toMatchObject({ stepId: 'github', status: 'succeeded' });
      expect(run!.steps.every((step) => step.status === 'succeeded' && step.attempts.length === 1)).toBe(
        true,
      );

      const calls = receiver.requests.slice(before.calls);
      expect(calls.map((call) => call.url).sort()).toEqual(['/ci', '/slack']);
      const shaped = JSON.parse(calls.find((call) => call.url === '/ci')!.body.toString()) as Record<
        string,
        unknown
      >;
      expect(shaped['event']).toBe(type);
      expect(calls.find((call) => call.url === '/ci')!.headers['idempotency-key']).toBeTruthy();
      const slack = JSON.parse(calls.find((call) => call.url === '/slack')!.body.toString()) as {
        text: string;
      };
      expect(slack.text).toContain(type);
      const mails = mail.mails.slice(before.mails);
      expect(mails.map(({ message }) => message.subject)).toEqual([`GitHub ${type}`]);
    },
  );

  it('keeps the exact bytes and says that the sender proved itself', async () => {
    const body = payload('push');
    const { eventId } = (await (await push(endpoint, 'push', body)).json()) as { eventId: string };
    const event = await product.api.event(eventId);
    expect(event).toMatchObject({ status: 'accepted', type: 'push', verification: { status: 'verified' } });
    const raw = await fetch(`${product.url}/api/v1/events/${eventId}/raw`, {
      headers: { authorization: `Bearer ${product.api['key']}` },
    });
    expect(await raw.text()).toBe(body);
    await product.api.finishedRuns(eventId);
  });

  it('takes a repeated delivery for what it is: no second effect', async () => {
    const delivery = randomUUID();
    const body = payload('push');
    const first = (await (await push(endpoint, 'push', body, delivery)).json()) as { eventId: string };
    await product.api.finishedRuns(first.eventId);
    const count = receiver.requests.length;
    const again = await push(endpoint, 'push', body, delivery);
    expect(await again.json()).toEqual({ eventId: first.eventId, duplicate: true });
    expect(receiver.requests.length).toBe(count);
  });

  it('refuses a forged delivery and shows why', async () => {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
      },
    });
    expect(response.status).toBe(401);
    const rejected = await until('the rejected event to be listed', 20_000, async () => {
      const page = await product.api.do<{
        items: { status: string; verification: { status: string; hint?: string } }[];
      }>('GET', `/events?endpointId=${endpoint.id}&status=rejected`);
      return page.items[0];
    });
    expect(rejected).toMatchObject({ status: 'rejected', verification: { status: 'failed' } });
    expect(rejected.verification.hint).toBeTruthy();
  });

  it('repeats a call that the other side could not take, with the same key', async () => {
    let refusals = 0;
    receiver.answer((request, response) => {
      const isRefused = request.url === '/ci' && refusals++ === 0;
      response.writeHead(isRefused ? 503 : 200).end('ok');
    });
    const { eventId } = (await (await push(endpoint, 'push', payload('push'))).json()) as { eventId: string };
    const [run] = await product.api.finishedRuns(eventId, 30_000);
    const call = run!.steps.find((step) => step.stepId === 'call');
    expect(call).toMatchObject({ status: 'succeeded' });
    expect(call!.attempts.map((attempt) => attempt.status)).toEqual(['failed', 'succeeded']);
    const keys = receiver.requests
      .filter((request) => request.url === '/ci')
      .slice(-2)
      .map((request) => request.headers['idempotency-key']);
    expect(keys[0]).toBe(keys[1]);
  });

  it('ends a run at once that a person cancels while a step of it is under way', async () => {
    receiver.answer(() => undefined);
    const { id } = await product.api.createLive('Slow', {
      format: 1,
      steps: [
        { id: 'begin', type: 'trigger.manual', config: {} },
        { id: 'call', type: 'http', config: { url: `${receiver.url}/slow` } },
        { id: 'after', type: 'http', config: { url: `${receiver.url}/after` } },
      ],
      edges: [
        { source: 'begin', target: 'call' },
        { source: 'call', target: 'after' },
      ],
      settings: {},
    });
    const cancelOne = async (): Promise<number> => {
      const count = receiver.requests.length;
      const { runId } = await product.api.do<{ runId: string }>('POST', `/workflows/${id}/runs`, {});
      await receiver.waitFor(count + 1);
      await product.api.do('POST', `/runs/${runId}/cancel`);
      const run = await until('the run to end', 20_000, async () => {
        const now = await product.api.run(runId);
        return now.finishedAt === null ? undefined : now;
      });
      expect(run.status).toBe('cancelled');
      expect(run.steps.at(-1)).toMatchObject({ stepId: 'after', status: 'skipped' });
      return Date.parse(run.finishedAt ?? '');
    };
    // Without word from the API a worker would learn of it with its heartbeat only, so never of two within five seconds.
    let lastEnd = await cancelOne();
    await until('two runs in a row to end between two heartbeats', 60_000, async () => {
      const end = await cancelOne();
      const isBetween = end - lastEnd < 4_000;
      lastEnd = end;
      return isBetween || undefined;
    });
    receiver.answer((_, response) => response.end('ok'));
  });

  it('drains and stops cleanly on SIGTERM', async () => {
    expect(await product.stop()).toBe(0);
  });
});
