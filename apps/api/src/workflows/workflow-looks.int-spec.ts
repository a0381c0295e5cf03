import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest, OWNER } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.close());

const trigger = { id: 'hook', type: 'trigger.webhook', name: 'Order paid', config: { sender: 'github' } };
const shape = { id: 'shape', type: 'transform', config: { expression: 'trigger.body' } };
const sound = { format: 1, steps: [trigger, shape], edges: [{ source: 'hook', target: 'shape' }] };

async function create(name: string, definition: object = sound) {
  const answer = await api.call('POST workflows', { body: { name, definition } });
  expect(answer.status).toBe(201);
  return answer.body;
}

interface EndedRun {
  readonly workflowId: string;
  readonly status: string;
  readonly hoursAgo: number;
  readonly kind?: string;
  readonly version?: number;
}

/** Puts an ended run into history, as a worker would. */
async function addRun({ workflowId, status, hoursAgo, kind = 'event', version = 1 }: EndedRun) {
  const at = Date.now() - hoursAgo * 3_600_000;
  const hex = at.toString(16).padStart(12, '0');
  const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${crypto.randomUUID().slice(-12)}`;
  await api.parts.pools.ui.query(
    `insert into run (id, project_id, workflow_id, version, kind, trigger_step, has_input, status, created_at,
                      finished_at, fence, journal_rows)
     select $1, id, $2, $3, $4, 'hook', false, $5, $6, $6, 1, 0 from project where key = 'default'`,
    [id, workflowId, version, kind, status, new Date(at)],
  );
  return id;
}

const rowOf = async (path: string, workflowId: string) => {
  const { body } = await api.call(`GET ${path}?limit=200`);
  return body.items.find((row: any) => (row.workflowId ?? row.id) === workflowId);
};

describe('the list of workflows', () => {
  it('names the senders and who made it', async () => {
    const workflow = await create('Listed');
    expect(workflow).toMatchObject({
      senders: ['github'],
      createdBy: OWNER.email,
      updatedBy: OWNER.email,
    });
    expect(await rowOf('workflows', workflow.id)).toMatchObject({
      senders: ['github'],
      startsByHand: false,
    });
  });

  it('says which a person may start', async () => {
    const steps = [{ id: 'ask', type: 'trigger.manual', config: {} }];
    const definition = { format: 1, steps, edges: [] };
    const { body } = await api.call('POST workflows', { body: { name: 'By hand', definition } });
    expect(await rowOf('workflows', body.id)).toMatchObject({ startsByHand: true, senders: [] });
  });

  it('has the runs of 24 hours by the hour, without tests and skipped ones, and the last run', async () => {
    const workflow = await create('Busy');
    const workflowId = workflow.id;
    for (const status of ['succeeded', 'succeeded', 'failed', 'skipped'])
      await addRun({ workflowId, status, hoursAgo: 3 });
    await addRun({ workflowId, status: 'failed', hoursAgo: 30 });
    const last = await addRun({ workflowId, status: 'succeeded', hoursAgo: 0 });
    await addRun({ workflowId, status: 'failed', hoursAgo: 0, kind: 'test' });
    const { hours, lastRun } = await rowOf('workflows/activity', workflowId);
    expect(hours).toHaveLength(24);
    expect(hours[20]).toEqual({ succeeded: 2, failed: 1 });
    expect(hours[23]).toEqual({ succeeded: 1, failed: 0 });
    expect(
      hours.map((hour: any) => hour.succeeded + hour.failed).reduce((a: number, b: number) => a + b),
    ).toBe(4);
    expect(lastRun).toMatchObject({ id: last, status: 'succeeded' });
  });

  it('says of a workflow that never ran that there is no last run', async () => {
    const workflow = await create('Idle');
    expect(await rowOf('workflows/activity', workflow.id)).toMatchObject({ lastRun: null });
  });

  it('takes a run that has not ended as the last one', async () => {
    const workflow = await create('Queued');
    await addRun({ workflowId: workflow.id, status: 'succeeded', hoursAgo: 1 });
    await api.call(`POST workflows/${workflow.id}/publish`);
    const { body } = await api.call(`POST workflows/${workflow.id}/runs`, { body: {} });
    expect(await rowOf('workflows/activity', workflow.id)).toMatchObject({
      lastRun: { id: body.runId, status: 'queued' },
    });
  });
});

describe('a version', () => {
  it('keeps its note, and tells how its runs ended', async () => {
    const workflow = await create('Noted');
    const publish = (body?: object) => api.call(`POST workflows/${workflow.id}/publish`, { body });
    expect((await publish({ note: ' Bigger orders ' })).body).toEqual({ version: 1 });
    expect((await publish()).body).toEqual({ version: 2 });
    expect((await publish({ note: 'x'.repeat(2_001) })).status).toBe(422);
    for (const status of ['succeeded', 'succeeded', 'failed'])
      await addRun({ workflowId: workflow.id, status, hoursAgo: 1 });
    const { items } = (await api.call(`GET workflows/${workflow.id}/versions`)).body;
    expect(items.map(({ version, note, runs }: any) => ({ version, note, runs }))).toEqual([
      { version: 2, note: null, runs: { finished: 0, succeeded: 0 } },
      { version: 1, note: 'Bigger orders', runs: { finished: 3, succeeded: 2 } },
    ]);
  });
});

describe('an export', () => {
  const call = { id: 'call', type: 'http', config: { url: 'https://example.com', connection: 'crm' } };
  const calling = { format: 1, steps: [trigger, call], edges: [{ source: 'hook', target: 'call' }] };

  it('has no URL and no secret, says for whom its triggers are, and lists the connections it needs', async () => {
    const data = { token: 'very-secret-token' };
    await api.call('POST connections', { body: { name: 'CRM', type: 'http.bearer', data } });
    const workflow = await create('Exported', calling);
    const { body } = await api.call(`GET workflows/${workflow.id}/export`);
    expect(body).toMatchObject({ name: 'Exported', key: 'exported' });
    expect(body.connections).toEqual([{ key: 'crm', type: 'http.bearer', name: 'CRM' }]);
    expect(body.definition.steps[0].config).toEqual({ sender: 'github' });
    expect(JSON.stringify(body)).not.toMatch(/very-secret|hooks\//);
  });

  it('comes back the same after an import', async () => {
    const workflow = await create('Round trip', {
      ...sound,
      layout: { positions: { hook: { x: 8, y: 16 } } },
    });
    const first = (await api.call(`GET workflows/${workflow.id}/export`)).body;
    const { body } = await api.call('POST workflows/import', { body: first });
    const again = (await api.call(`GET workflows/${body.workflows[0].id}/export`)).body;
    expect(again).toEqual({ ...first, key: 'round-trip-2' });
  });

  it('can be of a version; an unknown one is 404', async () => {
    const workflow = await create('Versioned');
    await api.call(`POST workflows/${workflow.id}/publish`);
    const steps = [trigger];
    const body = { revision: workflow.revision, definition: { format: 1, steps } };
    expect((await api.call(`PUT workflows/${workflow.id}`, { body })).status).toBe(200);
    const stepsIn = async (query: string) =>
      (await api.call(`GET workflows/${workflow.id}/export${query}`)).body.definition.steps.length;
    expect([await stepsIn(''), await stepsIn('?version=1')]).toEqual([1, 2]);
    expect((await api.call(`GET workflows/${workflow.id}/export?version=7`)).status).toBe(404);
  });
});

it('checks an import without making anything', async () => {
  const before = (await api.call('GET workflows?limit=200')).body.items.length;
  const steps = [trigger, { id: 'odd', type: 'acme.unknown', config: {} }];
  const { status, body } = await api.call('POST workflows/import/check', {
    body: { name: 'Odd', definition: { format: 1, steps } },
  });
  expect(status).toBe(200);
  expect(body.workflows[0]).toMatchObject({ name: 'Odd' });
  expect(body.workflows[0].problems.map(({ code }: any) => code)).toContain('unknown_type');
  expect(body.workflows[0].problems.map(({ code }: any) => code)).not.toContain('missing_endpoint');
  expect((await api.call('GET workflows?limit=200')).body.items).toHaveLength(before);
});

it('says where senders reach this server', async () => {
  expect((await api.call('GET server')).body).toEqual({ publicUrl: 'http://localhost:3210' });
  expect((await api.call('GET server', { key: null })).status).toBe(401);
});
