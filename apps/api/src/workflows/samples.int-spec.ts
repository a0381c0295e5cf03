import { LIMITS } from '@hookloom/contracts';
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

const FOREIGN = '0197e6f0-0000-7000-8000-000000000000';
const definition = {
  format: 1,
  steps: [
    { id: 'begin', type: 'trigger.manual', config: {} },
    { id: 'shape', type: 'transform', config: { expression: '"computed"' } },
    { id: 'big', type: 'if', config: { condition: 'steps.shape = "pinned"' } },
    { id: 'end', type: 'transform', config: { expression: 'steps.shape & "!"' } },
  ],
  edges: [
    { source: 'begin', target: 'shape' },
    { source: 'shape', target: 'big' },
    { source: 'big', sourceHandle: 'true', target: 'end' },
  ],
};

async function aWorkflow(): Promise<string> {
  const { status, body } = await api.call('POST workflows', { body: { name: 'Tries', definition } });
  expect(status).toBe(201);
  return body.id;
}
const pin = (id: string, stepId: string, value: unknown) =>
  api.call(`PUT workflows/${id}/samples/outputs/${stepId}`, { body: { value } });

async function doneRun(begin: string, body: unknown) {
  const begun = await api.call(`POST workflows/${begin}`, { body });
  expect(begun.status).toBe(202);
  await worker.work();
  return (await api.call(`GET runs/${begun.body.runId}`)).body;
}
const stepOf = (run: any, stepId: string) => run.steps.find((step: any) => step.stepId === stepId);

describe('sample events', () => {
  it('are kept with any JSON value, listed without it and removed', async () => {
    const id = await aWorkflow();
    const body = { name: 'Order paid', value: { body: { total: 5, text: '\u0000' } } };
    const kept = await api.call(`POST workflows/${id}/samples`, { body });
    expect(kept).toMatchObject({ status: 201, body: { kind: 'event', ...body } });
    const { items } = (await api.call(`GET workflows/${id}/samples`)).body;
    expect(items).toEqual([
      expect.objectContaining({ id: kept.body.id, bytes: JSON.stringify(body.value).length }),
    ]);
    expect(items[0]).not.toHaveProperty('value');
    expect((await api.call(`GET workflows/${id}/samples/${kept.body.id}`)).body).toEqual(kept.body);
    expect((await api.call(`DELETE workflows/${id}/samples/${kept.body.id}`)).status).toBe(204);
    expect((await api.call(`GET workflows/${id}/samples/${kept.body.id}`)).status).toBe(404);
  });

  it('are neither exported, nor copied, nor part of a version', async () => {
    const id = await aWorkflow();
    await api.call(`POST workflows/${id}/samples`, { body: { name: 'Order', value: 'mark-of-a-sample' } });
    await pin(id, 'shape', 'mark-of-a-sample');
    await api.call(`POST workflows/${id}/publish`);
    const copy = await api.call(`POST workflows/${id}/copy`);
    const seen = [
      (await api.call(`GET workflows/${id}/export`)).body,
      (await api.call(`GET workflows/${id}/versions`)).body,
      (await api.call(`GET workflows/${copy.body.id}/samples`)).body,
    ];
    expect(JSON.stringify(seen)).not.toContain('mark-of-a-sample');
    expect(seen[2].items).toEqual([]);
  });

  it('are refused over the size limit, over their number, without a value and for a foreign workflow', async () => {
    const id = await aWorkflow();
    const keep = (value: unknown) =>
      api.call(`POST workflows/${id}/samples`, { body: { name: 'Large', value } });
    expect(await keep('x'.repeat(LIMITS.stepOutputBytes))).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'value', message: expect.stringContaining('Keep only the fields') }] },
    });
    expect((await keep(undefined)).status).toBe(422);
    const sent = Array.from({ length: LIMITS.samplesPerWorkflow + 5 }, (_, at) => keep(at));
    const statuses = (await Promise.all(sent)).map(({ status }) => status); // side by side, as by several people
    expect(statuses.filter((status) => status === 201)).toHaveLength(LIMITS.samplesPerWorkflow);
    expect(statuses.filter((status) => status === 409)).toHaveLength(5);
    expect((await api.call(`GET workflows/${FOREIGN}/samples`)).status).toBe(404);
  });
});

describe('pinned outputs', () => {
  it('stand in for the step in tests of the draft, and the run says so', async () => {
    const id = await aWorkflow();
    expect((await pin(id, 'shape', 'old')).status).toBe(200);
    expect(await pin(id, 'shape', 'pinned')).toMatchObject({ body: { kind: 'output', name: 'shape' } });
    expect((await api.call(`GET workflows/${id}/samples`)).body.items).toHaveLength(1);
    const run = await doneRun(`${id}/runs`, { draft: true });
    expect(stepOf(run, 'shape')).toMatchObject({ status: 'succeeded', output: 'pinned', pinned: true });
    expect(stepOf(run, 'end')).toMatchObject({ status: 'succeeded', output: 'pinned!' });
    expect(stepOf(run, 'end')).not.toHaveProperty('pinned');
    expect((await api.call(`DELETE workflows/${id}/samples/outputs/shape`)).status).toBe(204);
    expect((await api.call(`DELETE workflows/${id}/samples/outputs/shape`)).status).toBe(404);
    expect(stepOf(await doneRun(`${id}/runs`, { draft: true }), 'shape').output).toBe('computed');
  });

  it('are seen by a step that is tested alone, which is itself done for real', async () => {
    const id = await aWorkflow();
    await pin(id, 'shape', 'pinned');
    await pin(id, 'end', 'never');
    const run = await doneRun(`${id}/steps/end/test`, {});
    expect(run.steps).toEqual([expect.objectContaining({ stepId: 'end', output: 'pinned!' })]);
  });

  it('are never used live', async () => {
    const id = await aWorkflow();
    await pin(id, 'shape', 'pinned');
    expect((await api.call(`POST workflows/${id}/publish`)).status).toBe(200);
    const run = await doneRun(`${id}/runs`, {});
    expect(run.version).toBe(1);
    expect(stepOf(run, 'shape')).toMatchObject({ output: 'computed' });
    expect(stepOf(run, 'shape')).not.toHaveProperty('pinned');
    expect(stepOf(run, 'end').status).toBe('skipped');
  });

  it.each([
    ['begin', 422, 'a trigger'],
    ['big', 422, 'a step with several ways on'],
    ['none', 404, 'a step that is not there'],
  ])('are refused at %s with %i: %s', async (stepId, status) => {
    expect((await pin(await aWorkflow(), stepId, 1)).status).toBe(status);
  });
});
