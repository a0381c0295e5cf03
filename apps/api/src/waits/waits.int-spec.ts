import { LIMITS } from '@hookloom/contracts';
import { ResumeTokens } from '@hookloom/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const start = { id: 'start', type: 'trigger.manual', config: {} };
const tell = { id: 'tell', type: 'transform', config: { expression: 'run.resumeUrls.wait' } };

async function aWorkflow(steps: readonly object[], edges: readonly object[], name = 'Waits') {
  const made = await api.call('POST workflows', { body: { name, definition: { format: 1, steps, edges } } });
  expect(made.body.problems.filter((problem: any) => problem.blocking)).toEqual([]);
  expect((await api.call(`POST workflows/${made.body.id}/publish`)).status).toBe(200);
  return made.body as { id: string; key: string };
}

/** A run that waits, and the address that ends its wait. */
async function aWait(config: object) {
  const wait = { id: 'wait', type: 'wait', config };
  const after = { id: 'after', type: 'transform', config: { expression: 'input' } };
  const late = { id: 'late', type: 'transform', config: { expression: '"too late"' } };
  const { id } = await aWorkflow(
    [start, tell, wait, after, late],
    [
      { source: 'start', target: 'tell' },
      { source: 'tell', target: 'wait' },
      { source: 'wait', sourceHandle: 'done', target: 'after' },
      { source: 'wait', sourceHandle: 'timeout', target: 'late' },
    ],
  );
  const { runId } = (await api.call(`POST workflows/${id}/runs`, { body: { input: { n: 1 } } })).body;
  await worker.work();
  const url: string = (await stepOf(runId, 'tell')).output;
  return { runId: runId as string, url };
}

const run = async (id: string) => (await api.call(`GET runs/${id}`)).body;
const stepOf = async (id: string, path: string) =>
  (await run(id)).steps.find((step: any) => step.path === path);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (url: string, payload: string, headers: Record<string, string> = FORM) =>
  api.app.inject({ method: 'POST', url, payload, headers });

describe('a wait for a call', () => {
  it('rests until its address is called, then gives the body; the address works once', async () => {
    const { runId, url } = await aWait({ kind: 'webhook' });
    expect((await run(runId)).status).toBe('waiting');
    const json = { 'content-type': 'application/json' };
    expect((await api.app.inject({ method: 'GET', url })).statusCode).toBe(405);
    const reply = await post(url, '{"ok":true}', json);
    expect([reply.statusCode, reply.json()]).toEqual([200, { resumed: true }]);
    expect((await post(url, '{"ok":false}', json)).statusCode).toBe(409);
    await worker.work();
    expect(await run(runId)).toMatchObject({ status: 'succeeded' });
    expect(await stepOf(runId, 'after')).toMatchObject({ output: { ok: true } });
    expect((await post(url, '{}', json)).statusCode).toBe(410);
  });

  it('takes no address that was changed, and none of another kind', async () => {
    const { url } = await aWait({ kind: 'webhook' });
    const token = url.split('/').at(-1)!;
    const changed = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
    expect((await post(`/resume/${changed}`, '')).statusCode).toBe(404);
    expect((await post(`/approve/${token}`, 'decision=approve&by=x')).statusCode).toBe(404);
  });

  it('reads no body for an address that was never signed', async () => {
    const large = 'x'.repeat(LIMITS.stepOutputBytes + 1);
    const { url } = await aWait({ kind: 'webhook' });
    const refused = await post(url, large);
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([
      413,
      'application/problem+json; charset=utf-8',
    ]);
    for (const made of ['/resume/', '/approve/']) {
      expect((await post(`${made}${'A'.repeat(80)}`, large)).statusCode).toBe(404);
    }
  });

  it('has an address however deep in loops its step is', async () => {
    const path = Array.from({ length: 8 }, (_, at) => `${'e'.repeat(64)}[${at}]`).join('.');
    const place = { path: `${path}.wait`, generation: 0 };
    const runId = '0197e6f0-0000-7000-8000-000000000000';
    const token = new ResumeTokens(api.parts.secretBox).sign({ kind: 'webhook', runId, place });
    expect((await post(`/resume/${token}`, '')).statusCode).toBe(410);
  });

  it('goes on by “timeout” when its time is up', async () => {
    const { runId } = await aWait({ kind: 'webhook', timeoutSeconds: 1 });
    await expect
      .poll(async () => {
        await worker.work();
        return (await run(runId)).status;
      })
      .toBe('succeeded');
    expect(await stepOf(runId, 'late')).toMatchObject({ output: 'too late' });
  });
});

describe('a wait for a person', () => {
  const question = {
    kind: 'approval',
    title: 'Refund <b>{{ trigger.body.n }}</b>?',
    fields: [{ name: 'reason', label: 'Reason', required: true }],
  };

  it('asks on a page whose opening decides nothing, and records who decided', async () => {
    const { runId, url } = await aWait(question);
    const page = await api.app.inject({ method: 'GET', url });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Refund &lt;b&gt;1&lt;/b&gt;?');
    expect(page.headers['content-security-policy']).toContain('sandbox');
    expect((await run(runId)).status).toBe('waiting');
    const incomplete = await post(url, 'decision=approve&by=Ana');
    expect(incomplete.statusCode).toBe(422);
    expect(incomplete.body).toContain('Reason is missing');
    expect((await post(url, 'decision=approve&by=Ana&field.reason=broken&comment=ok')).statusCode).toBe(200);
    expect((await post(url, 'decision=reject&by=Bob')).statusCode).toBe(409);
    await worker.work();
    expect(await stepOf(runId, 'after')).toMatchObject({
      output: { approved: true, by: 'Ana', comment: 'ok', fields: { reason: 'broken' } },
    });
  });

  it('lets nobody decide from a page of another site', async () => {
    const { runId, url } = await aWait(question);
    const headers = { ...FORM, origin: 'https://evil.example' };
    expect((await post(url, 'decision=reject&by=Eve', headers)).statusCode).toBe(403);
    expect((await run(runId)).status).toBe('waiting');
  });
});

describe('a workflow that another one runs', () => {
  const called = { id: 'called', type: 'trigger.subworkflow', config: {} };
  const calling = (key: string) => [
    start,
    { id: 'call', type: 'workflow', config: { workflow: key, input: { n: '{{ trigger.body.n }}' } } },
    { id: 'after', type: 'transform', config: { expression: 'input' } },
  ];
  const line = [
    { source: 'start', target: 'call' },
    { source: 'call', target: 'after' },
  ];

  it('gives the body of its answer, or what its last step gave', async () => {
    const child = await aWorkflow(
      [called, { id: 'say', type: 'respond', config: { body: '{{ trigger.body.n * 2 }}' } }],
      [{ source: 'called', target: 'say' }],
      'Doubles',
    );
    const plain = await aWorkflow(
      [called, { id: 'shape', type: 'transform', config: { expression: 'trigger.body.n + 1' } }],
      [{ source: 'called', target: 'shape' }],
      'Adds',
    );
    for (const [key, wanted] of [
      [child.key, 42],
      [plain.key, 22],
    ] as const) {
      const { id } = await aWorkflow(calling(key), line, 'Calls');
      const { runId } = (await api.call(`POST workflows/${id}/runs`, { body: { input: { n: 21 } } })).body;
      await worker.work();
      expect(await run(runId)).toMatchObject({ status: 'succeeded' });
      expect(await stepOf(runId, 'after')).toMatchObject({ output: wanted });
      const { started } = await run(runId);
      expect(started).toEqual([{ runId: expect.any(String), kind: 'subworkflow', path: 'call' }]);
      expect((await run(started[0].runId)).startedBy).toEqual({ runId, kind: 'subworkflow', path: 'call' });
    }
  });

  it('fails the step when it fails, and when there is none', async () => {
    const child = await aWorkflow(
      [called, { id: 'bad', type: 'stop', config: { status: 'failed', message: 'Not today.' } }],
      [{ source: 'called', target: 'bad' }],
      'Fails',
    );
    for (const [key, code] of [
      [child.key, 'child_failed'],
      ['there-is-none', 'not_live'],
    ] as const) {
      const { id } = await aWorkflow(calling(key), line, 'Calls what fails');
      const { runId } = (await api.call(`POST workflows/${id}/runs`, { body: {} })).body;
      await worker.work();
      expect(await run(runId)).toMatchObject({ status: 'failed', error: { code, stepId: 'call' } });
    }
  });

  it('is called anew when its caller is retried after it failed', async () => {
    const bad = { id: 'bad', type: 'stop', config: { status: 'failed' } };
    const edges = [{ source: 'called', target: 'bad' }];
    const child = await aWorkflow([called, bad], edges, 'Fails at first');
    const { id } = await aWorkflow(calling(child.key), line, 'Calls what fails at first');
    const { runId } = (await api.call(`POST workflows/${id}/runs`, { body: {} })).body;
    await worker.work();
    expect(await run(runId)).toMatchObject({ status: 'failed', error: { code: 'child_failed' } });
    const mended = { ...bad, config: { status: 'succeeded' } };
    const draft = (await api.call(`GET workflows/${child.id}`)).body;
    const definition = { ...draft.definition, steps: [called, mended] };
    expect((await api.call(`PUT workflows/${child.id}`, { body: { ...draft, definition } })).status).toBe(
      200,
    );
    await api.call(`POST workflows/${child.id}/publish`);
    expect((await api.call(`POST runs/${runId}/retry`, { body: {} })).status).toBe(202);
    await worker.work();
    expect(await run(runId)).toMatchObject({ status: 'succeeded' });
  });

  it('is cancelled with its caller, and called anew when that is retried', async () => {
    const rest = { id: 'rest', type: 'delay', config: { seconds: 3_600 } };
    const grandchild = await aWorkflow([called, rest], [{ source: 'called', target: 'rest' }], 'Rests below');
    const child = await aWorkflow(
      [called, { id: 'call', type: 'workflow', config: { workflow: grandchild.key } }],
      [{ source: 'called', target: 'call' }],
      'Calls below',
    );
    const { id } = await aWorkflow(calling(child.key), line, 'Calls two deep');
    const { runId } = (await api.call(`POST workflows/${id}/runs`, { body: {} })).body;
    await worker.work();
    await api.call(`POST runs/${runId}/cancel`);
    await worker.upkeep();
    await worker.upkeep();
    for (const { id: below } of [child, grandchild]) {
      const { items } = (await api.call(`GET runs?workflowId=${below}`)).body;
      expect(items).toMatchObject([{ status: 'cancelled' }]);
    }
    await api.call(`POST runs/${runId}/retry`, { body: {} });
    await worker.work();
    const { items } = (await api.call(`GET runs?workflowId=${grandchild.id}`)).body;
    expect(items).toMatchObject([{ status: 'waiting' }, { status: 'cancelled' }]);
    await api.call(`POST runs/${runId}/cancel`);
  });

  it('ends its caller’s wait when a person cancels it', async () => {
    const child = await aWorkflow(
      [called, { id: 'rest', type: 'delay', config: { seconds: 3_600 } }],
      [{ source: 'called', target: 'rest' }],
      'Rests',
    );
    const { id } = await aWorkflow(calling(child.key), line, 'Calls what rests');
    const { runId } = (await api.call(`POST workflows/${id}/runs`, { body: {} })).body;
    await worker.work();
    const [childRun] = (await api.call(`GET runs?workflowId=${child.id}`)).body.items;
    expect(childRun).toMatchObject({ kind: 'subworkflow', status: 'waiting' });
    await api.call(`POST runs/${childRun.id}/cancel`);
    await worker.upkeep();
    await worker.work();
    expect(await run(runId)).toMatchObject({ status: 'failed', error: { code: 'child_failed' } });
  });
});

describe('a workflow with an error trigger', () => {
  it('starts it once for a run that failed, and never for its own', async () => {
    const { id } = await aWorkflow(
      [
        start,
        { id: 'bad', type: 'stop', config: { status: 'failed', message: 'No.' } },
        { id: 'failed', type: 'trigger.error', config: {} },
        { id: 'told', type: 'transform', config: { expression: 'trigger.body' } },
        { id: 'worse', type: 'stop', config: { status: 'failed', message: 'Worse.' } },
      ],
      [
        { source: 'start', target: 'bad' },
        { source: 'failed', target: 'told' },
        { source: 'told', target: 'worse' },
      ],
      'Tells of failures',
    );
    const { runId } = (await api.call(`POST workflows/${id}/runs`, { body: {} })).body;
    await worker.work();
    const runs = (await api.call(`GET runs?workflowId=${id}`)).body.items;
    expect(runs.map((one: any) => one.kind).toSorted()).toEqual(['error', 'manual']);
    const errorRun = runs.find((one: any) => one.kind === 'error');
    expect(await stepOf(errorRun.id, 'told')).toMatchObject({
      output: { run: { id: runId }, step: { id: 'bad' }, error: { code: 'stopped', message: 'No.' } },
    });
  });
});
