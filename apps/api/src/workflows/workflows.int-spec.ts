import { Maintenance } from '@hookloom/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.close());

const trigger = { id: 'hook', type: 'trigger.webhook', name: 'Order paid', config: {} };
const shape = { id: 'shape', type: 'transform', config: { expression: 'trigger.body' } };
const sound = { format: 1, steps: [trigger, shape], edges: [{ source: 'hook', target: 'shape' }] };

async function create(name: string, definition: unknown = sound) {
  const answer = await api.call('POST workflows', { body: { name, definition } });
  expect(answer.status).toBe(201);
  return answer.body;
}

async function published(name: string, definition: unknown = sound) {
  const workflow = await create(name, definition);
  expect((await api.call(`POST workflows/${workflow.id}/publish`)).body).toEqual({ version: 1 });
  return (await api.call(`GET workflows/${workflow.id}`)).body;
}

const endpointKeyOf = (workflow: any): string => workflow.definition.steps[0].config.endpoint;

async function endpointOf(workflow: any) {
  const { body } = await api.call('GET endpoints?limit=200');
  return body.items.find((endpoint: any) => endpoint.key === endpointKeyOf(workflow));
}

async function routesOf(workflow: any) {
  const { rows } = await api.parts.pools.ui.query(
    `select step_id, version, paused from endpoint_route where workflow_id = $1`,
    [workflow.id],
  );
  return rows;
}

async function revisionOf(endpointId: string): Promise<number> {
  const { rows } = await api.parts.pools.ui.query(`select revision from endpoint where id = $1`, [
    endpointId,
  ]);
  return rows[0].revision;
}

describe('a draft', () => {
  it('makes its key from the name, with a number where it is taken', async () => {
    const keys = [];
    for (let count = 0; count < 3; count += 1) keys.push((await create('Übergröße & Co.')).key);
    expect(keys).toEqual(['ubergro-e-co', 'ubergro-e-co-2', 'ubergro-e-co-3']);
  });

  it('gets different keys from parallel callers', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => create('Race')));
    expect(new Set(made.map((workflow) => workflow.key)).size).toBe(6);
  });

  it('refuses a key that is taken with 409', async () => {
    await api.call('POST workflows', { body: { name: 'A', key: 'taken', definition: sound } });
    const again = await api.call('POST workflows', { body: { name: 'B', key: 'taken', definition: sound } });
    expect(again).toMatchObject({ status: 409, body: { code: 'key_taken' } });
  });

  it('gives a webhook trigger without an endpoint one of its own, for its sender', async () => {
    const steps = [{ ...trigger, config: { sender: 'github' } }];
    const workflow = await create('Own endpoint', { format: 1, steps });
    expect(endpointKeyOf(workflow)).toMatch(/^order-paid/);
    expect(await endpointOf(workflow)).toMatchObject({ sender: 'github', name: 'Order paid' });
  });

  it('says what is missing or wrong, and is saved all the same', async () => {
    const steps = [
      { ...trigger, config: { endpoint: 'not-there' } },
      { id: 'mail', type: 'email', config: { connection: 'nowhere', to: 'a@example.com' } },
      { id: 'bad', type: 'transform', config: { expression: '(1 +' } },
      { id: 'text', type: 'http', config: { url: 'https://example.com/{{ (1 + }}' } },
    ];
    const edges = [
      { source: 'hook', target: 'mail' },
      { source: 'hook', target: 'gone' },
    ];
    const { problems } = await create('Broken', { format: 1, steps, edges });
    const found = problems.map((problem: any) => `${problem.stepId ?? ''} ${problem.code} ${problem.path}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'hook missing_endpoint steps.0.config.endpoint',
        'mail missing_connection steps.1.config.connection',
        'mail missing_field steps.1.config.subject',
        'bad unreadable_expression steps.2.config.expression',
        'text unreadable_expression steps.3.config.url',
        ' missing_step edges.1',
      ]),
    );
  });

  it('warns of a called workflow that is not there or not live, and publishes all the same', async () => {
    const child = await create('Child', { format: 1, steps: [{ id: 'start', type: 'trigger.subworkflow' }] });
    const steps = [
      { id: 'start', type: 'trigger.manual' },
      { id: 'lost', type: 'workflow', config: { workflow: 'not-there' } },
      { id: 'call', type: 'workflow', config: { workflow: child.key } },
    ];
    const edges = [
      { source: 'start', target: 'lost' },
      { source: 'lost', target: 'call' },
    ];
    const parent = await create('Parent', { format: 1, steps, edges });
    expect(parent.problems).toMatchObject([
      { stepId: 'lost', code: 'missing_workflow', path: 'steps.1.config.workflow', blocking: false },
      { stepId: 'call', code: 'workflow_not_live', path: 'steps.2.config.workflow', blocking: false },
    ]);
    await api.call(`POST workflows/${child.id}/publish`);
    expect((await api.call(`POST workflows/${parent.id}/publish`)).status).toBe(200);
    const { problems } = (await api.call(`GET workflows/${parent.id}`)).body;
    expect(problems.map(({ code }: { code: string }) => code)).toEqual(['missing_workflow']);
  });

  it.each([
    ['no format', { steps: [] }],
    ['another format', { format: 2, steps: [] }],
    ['a step id that no expression can name', { format: 1, steps: [{ id: 'a-b', type: 'transform' }] }],
    ['steps that are no list', { format: 1, steps: {} }],
  ])('refuses a document of another shape with 422: %s', async (_name, definition) => {
    const answer = await api.call('POST workflows', { body: { name: 'Shape', definition } });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ path: expect.stringMatching(/^definition/) }] },
    });
  });

  it('keeps what JSON allows and Postgres does not', async () => {
    const nasty = '\u0000 \ud800 "quoted" \u2028';
    const definition = { format: 1, steps: [{ ...shape, notes: nasty }] };
    const { id } = await create('Nasty', definition);
    expect((await api.call(`GET workflows/${id}`)).body.definition.steps[0].notes).toBe(nasty);
    const named = await api.call('POST workflows', { body: { name: 'Nul \u0000', definition } });
    expect(named.status).toBe(422);
  });

  it('is saved from the revision it was made from, else 409', async () => {
    const workflow = await create('Revisions');
    const save = (revision: number) =>
      api.call(`PUT workflows/${workflow.id}`, {
        body: { name: 'New', definition: workflow.definition, revision },
      });
    const answers = await Promise.all([save(1), save(1), save(1)]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409]);
    expect((await save(2)).body).toMatchObject({ revision: 3, name: 'New', key: workflow.key });
    expect((await api.call(`PUT workflows/${workflow.id}`, { body: { definition: sound } })).status).toBe(
      422,
    );
  });

  it('lists newest first, page by page', async () => {
    const names = ['One', 'Two', 'Three'];
    for (const name of names) await create(name);
    const first = (await api.call('GET workflows?limit=2')).body;
    expect(first.items.map((item: any) => item.name)).toEqual(['Three', 'Two']);
    const second = (await api.call(`GET workflows?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second.items[0].name).toBe('One');
    expect((await api.call('GET workflows?cursor=nonsense')).status).toBe(422);
    expect((await api.call('GET workflows?limit=0')).status).toBe(422);
  });

  it.each(['not-an-id', '01900000-0000-7000-8000-000000000000'])(
    'answers 404 for the unknown id %s',
    async (id) => {
      for (const call of [`GET workflows/${id}`, `DELETE workflows/${id}`, `POST workflows/${id}/publish`]) {
        expect((await api.call(call)).status).toBe(404);
      }
    },
  );
});

describe('publishing', () => {
  it('refuses a draft with blocking problems and names them', async () => {
    const { id } = await create('Not yet', { format: 1, steps: [{ ...shape, config: {} }] });
    const answer = await api.call(`POST workflows/${id}/publish`);
    expect(answer.status).toBe(422);
    const codes = answer.body.errors.map((error: any) => error.code);
    expect(codes).toEqual(expect.arrayContaining(['no_trigger', 'missing_field']));
  });

  it('only warns of an endpoint without a secret and of an unreachable step', async () => {
    const steps = [{ ...trigger, config: { sender: 'github' } }, shape];
    const { id, problems } = await create('Warnings', { format: 1, steps });
    const codes = problems.filter((problem: any) => !problem.blocking).map((problem: any) => problem.code);
    expect(codes.toSorted()).toEqual(['unchecked_endpoint', 'unreachable']);
    expect((await api.call(`POST workflows/${id}/publish`)).status).toBe(200);
  });

  it('makes versions that never change, one of them live', async () => {
    const workflow = await published('Versions');
    expect(workflow).toMatchObject({ status: 'live', liveVersion: 1 });
    const steps = [workflow.definition.steps[0], { ...shape, name: 'Changed' }];
    const definition = { ...workflow.definition, steps };
    await api.call(`PUT workflows/${workflow.id}`, { body: { definition, revision: 1 } });
    await api.call(`POST workflows/${workflow.id}/publish`);
    const { body } = await api.call(`GET workflows/${workflow.id}/versions`);
    expect(body.items.map((item: any) => [item.version, item.live, item.definition.steps[1].name])).toEqual([
      [2, true, 'Changed'],
      [1, false, undefined],
    ]);
    expect(await routesOf(workflow)).toEqual([{ step_id: 'hook', version: 2, paused: false }]);

    const back = (await api.call(`POST workflows/${workflow.id}/versions/1/live`)).body;
    expect(back).toMatchObject({ liveVersion: 1, revision: 2 });
    expect(await routesOf(workflow)).toEqual([{ step_id: 'hook', version: 1, paused: false }]);

    const restored = (await api.call(`POST workflows/${workflow.id}/versions/1/restore`)).body;
    expect(restored.revision).toBe(3);
    expect(restored.definition.steps[1].name).toBeUndefined();
    expect((await api.call(`POST workflows/${workflow.id}/versions/9/live`)).status).toBe(404);
    expect((await api.call(`POST workflows/${workflow.id}/versions/x/restore`)).status).toBe(404);
  });

  it('tells ingress about every change of what is live', async () => {
    const workflow = await published('Told');
    const { id } = await endpointOf(workflow);
    let revision = await revisionOf(id);
    for (const [action, status] of [
      ['pause', 'paused'],
      ['resume', 'live'],
      ['unpublish', 'draft'],
    ] as const) {
      expect((await api.call(`POST workflows/${workflow.id}/${action}`)).body.status).toBe(status);
      expect(await revisionOf(id)).toBe(revision + 1);
      revision += 1;
    }
    expect(await routesOf(workflow)).toEqual([]);
  });

  it('cannot pause, resume or unpublish what is not live', async () => {
    const { id } = await create('Draft only');
    for (const action of ['pause', 'resume', 'unpublish']) {
      expect(await api.call(`POST workflows/${id}/${action}`)).toMatchObject({
        status: 409,
        body: { code: 'not_live' },
      });
    }
  });

  it('starts nothing from a disabled trigger', async () => {
    const workflow = await create('Disabled', {
      format: 1,
      steps: [trigger, { ...trigger, id: 'off', disabled: true }],
    });
    await api.call(`POST workflows/${workflow.id}/publish`);
    expect((await routesOf(workflow)).map((route: any) => route.step_id)).toEqual(['hook']);
  });
});

describe('held runs and events', () => {
  async function givenHeld(workflow: any, held: 'held' | 'accepted') {
    const { pools } = api.parts;
    const endpoint = await endpointOf(workflow);
    const { rows } = await pools.ui.query(
      `with e as (
         insert into event (id, project_id, endpoint_id, received_at, status, method, query, headers, body, body_bytes,
                            sender, verification, answer_status, answer_ms)
         select new_id(), project_id, id, now(), $2, 'POST', '', '{}', '', 0, 'any', '{}', 200, 1
           from endpoint where id = $1 returning id, project_id)
       insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, event_id, state)
       select new_id(), project_id, $3, 1, 'event', 'hook', id, case when $2 = 'held' then 'held' else 'queued' end
         from e returning id, event_id`,
      [endpoint.id, held, workflow.id],
    );
    const look = async () => {
      const run = await pools.ui.query(`select state from run_queue where id = $1`, [rows[0].id]);
      const done = await pools.ui.query(`select status from run where id = $1`, [rows[0].id]);
      const event = await pools.ui.query(`select status from event where id = $1`, [rows[0].event_id]);
      return { run: run.rows[0]?.state ?? done.rows[0]?.status, event: event.rows[0].status };
    };
    return look;
  }

  it('go on when the workflow is resumed', async () => {
    const workflow = await published('Resume');
    const waiting = await givenHeld(workflow, 'accepted');
    await api.call(`POST workflows/${workflow.id}/pause`);
    const late = await givenHeld(workflow, 'held');
    expect(await waiting()).toEqual({ run: 'held', event: 'accepted' });
    expect(await late()).toEqual({ run: 'held', event: 'held' });
    await api.call(`POST workflows/${workflow.id}/resume`);
    expect(await waiting()).toEqual({ run: 'queued', event: 'accepted' });
    expect(await late()).toEqual({ run: 'queued', event: 'accepted' });
  });

  it('go on in parts where there are many, so that resuming never holds the queue up', async () => {
    const { pools } = api.parts;
    const workflow = await published('Flood');
    await api.call(`POST workflows/${workflow.id}/pause`);
    await pools.ui.query(
      `insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, state)
       select new_id(), project_id, id, 1, 'manual', 'hook', 'held' from workflow, generate_series(1, 250) where id = $1`,
      [workflow.id],
    );
    const queued = async () => {
      const counted = await pools.ui.query(
        `select count(*)::int as count from run_queue where workflow_id = $1 and state = 'queued'`,
        [workflow.id],
      );
      return counted.rows[0].count;
    };
    await api.call(`POST workflows/${workflow.id}/resume`);
    expect(await queued()).toBe(200);
    await new Maintenance(pools, { now: () => Date.now() }).releaseHeld(500);
    expect(await queued()).toBe(250);
    await pools.ui.query(`delete from run_queue where workflow_id = $1`, [workflow.id]);
  });

  it('become captured when the workflow is unpublished; what was accepted still runs', async () => {
    const workflow = await published('Unpublish');
    const waiting = await givenHeld(workflow, 'accepted');
    await api.call(`POST workflows/${workflow.id}/pause`);
    const late = await givenHeld(workflow, 'held');
    await api.call(`POST workflows/${workflow.id}/unpublish`);
    expect(await waiting()).toEqual({ run: 'queued', event: 'accepted' });
    expect(await late()).toEqual({ run: undefined, event: 'captured' });
  });

  it('end as cancelled when the workflow is deleted; its endpoint stays', async () => {
    const workflow = await published('Delete');
    const waiting = await givenHeld(workflow, 'accepted');
    expect((await api.call(`DELETE workflows/${workflow.id}`)).status).toBe(204);
    expect(await waiting()).toEqual({ run: 'cancelled', event: 'accepted' });
    expect((await api.call(`GET workflows/${workflow.id}`)).status).toBe(404);
    expect(await endpointOf(workflow)).toBeDefined();
  });
});

describe('copies and imports', () => {
  it('never take over an existing URL', async () => {
    const original = await published('Original', {
      ...sound,
      steps: [{ ...trigger, config: { sender: 'github' } }],
      edges: [],
    });
    const copy = await api.call(`POST workflows/${original.id}/copy`);
    expect(copy).toMatchObject({
      status: 201,
      body: { name: 'Original (copy)', status: 'draft', key: 'original-2' },
    });
    expect(endpointKeyOf(copy.body)).not.toBe(endpointKeyOf(original));
    expect(await endpointOf(copy.body)).toMatchObject({ sender: 'github' });

    const documents = [
      { name: 'Original', key: 'original', definition: original.definition },
      original.definition,
    ];
    const report = await api.call('POST workflows/import', { body: documents });
    expect(report.status).toBe(201);
    expect(report.body.workflows.map((made: any) => [made.key, made.endpoints.length])).toEqual([
      ['original-3', 1],
      ['imported-workflow', 1],
    ]);
    expect(report.body.workflows[0].endpoints[0].key).not.toBe(endpointKeyOf(original));
  });

  it('are made all together or not at all', async () => {
    const before = (await api.call('GET workflows?limit=200')).body.items.length;
    const answer = await api.call('POST workflows/import', { body: [sound, { format: 9 }] });
    expect(answer.status).toBe(422);
    expect((await api.call('GET workflows?limit=200')).body.items.length).toBe(before);
  });
});

it('notes who changed what', async () => {
  const { id } = await published('Audited');
  const { rows } = await api.parts.pools.ui.query(
    `select action, actor from audit where subject_id = $1 order by id`,
    [id],
  );
  expect(rows.map((row) => row.action)).toEqual(['create', 'publish']);
  expect(rows[0].actor).toMatch(/^api-key:/);
});
