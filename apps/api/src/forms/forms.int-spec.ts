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

const FIELDS = [
  { name: 'who', label: 'Your name', required: true },
  { name: 'mail', label: 'E-mail', type: 'email', help: 'We answer there.' },
  { name: 'amount', label: 'Amount', type: 'number' },
  { name: 'colour', label: 'Colour', type: 'choice', options: ['Red', 'Blue "dark"'] },
  { name: 'topics', label: 'Topics', type: 'several', options: ['A', 'B', 'C'] },
  { name: 'agree', label: 'I agree', type: 'checkbox' },
];

async function aForm(config: object, more: { steps?: object[]; publish?: boolean; name?: string } = {}) {
  const { steps = [], publish = true, name = 'Contact' } = more;
  const form = { id: 'form', type: 'trigger.form', name: 'Contact form', config };
  const after = { id: 'after', type: 'transform', config: { expression: 'trigger.body' } };
  const definition = {
    format: 1,
    steps: [form, after, ...steps],
    edges: [{ source: 'form', target: 'after' }],
  };
  const made = await api.call('POST workflows', { body: { name, definition } });
  expect(made.body.problems.filter((problem: any) => problem.blocking)).toEqual([]);
  if (publish) expect((await api.call(`POST workflows/${made.body.id}/publish`)).status).toBe(200);
  const endpoint = await endpointOf(made.body.definition.steps[0].config.endpoint);
  return { id: made.body.id as string, endpoint, path: new URL(endpoint.url).pathname };
}

const endpointOf = async (key: string) =>
  (await api.call('GET endpoints?limit=200')).body.items.find((one: any) => one.key === key);
const get = (url: string) => api.app.inject({ method: 'GET', url });
const post = (url: string, form: Record<string, string> | string[][]) =>
  api.app.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(form as Record<string, string>).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const eventsOf = async (endpointId: string) =>
  (await api.call(`GET events?endpointId=${endpointId}`)).body.items;
const submissionIn = (html: string) => /name="_submission" value="([^"]+)"/.exec(html)?.[1] ?? '';
const run = async (id: string) => (await api.call(`GET runs/${id}`)).body;

describe('a form', () => {
  it('is a page of its own, made from its fields, with no script', async () => {
    const { path } = await aForm({
      title: 'Say <hello>',
      text: 'All & sundry',
      fields: FIELDS,
      button: 'Go',
    });
    expect(path).toMatch(/^\/forms\/[\w-]{32}$/);
    const page = await get(path);
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toMatch(
      /^sandbox .*default-src 'none'.*form-action 'self';/,
    );
    expect(page.headers['cache-control']).toBe('no-store');
    for (const text of [
      '<h1>Say &lt;hello&gt;</h1>',
      'All &amp; sundry',
      '<label for="f-who">Your name</label>',
      'value="Blue &quot;dark&quot;"',
      'We answer there.',
      '<button>Go</button>',
    ])
      expect(page.body).toContain(text);
    expect(page.body).not.toContain('<script');
    expect(page.body).not.toContain('class="note"');
  });

  it('begins with the values that its author set, and what is sent instead of them counts', async () => {
    const { path, endpoint } = await aForm({
      fields: [
        { name: 'city', label: 'City', type: 'text', default: 'Porto "Alegre"' },
        { name: 'count', label: 'Count', type: 'number', default: '2' },
        { name: 'text', label: 'Text', type: 'longText', default: '<b>Hello</b>' },
        { name: 'colour', label: 'Colour', type: 'choice', options: ['Red', 'Blue'], default: 'Blue' },
        { name: 'topics', label: 'Topics', type: 'several', options: ['A', 'B', 'C'], default: 'C\nA' },
        { name: 'agree', label: 'Agree', type: 'checkbox', default: 'yes' },
      ],
    });
    const { body } = await get(path);
    expect(body).toMatch(/name="city"[^>]* value="Porto &quot;Alegre&quot;"/);
    expect(body).toMatch(/name="count"[^>]* value="2"/);
    expect(body).toMatch(/<textarea [^>]*name="text"[^>]*>\n&lt;b&gt;Hello&lt;\/b&gt;<\/textarea>/);
    expect(body.match(/<option value="Blue"[^>]*>/)?.[0]).toContain(' selected');
    expect(body.match(/<option value="Red"[^>]*>/)?.[0]).not.toContain('selected');
    const ticked = [...body.matchAll(/<input type="checkbox"[^>]*>/g)].map(([input]) => input);
    expect(ticked.map((input) => / checked/.test(input))).toEqual([true, false, true, true]);

    await post(path, { city: '', count: '3', text: '', colour: 'Red' });
    const [event] = await eventsOf(endpoint.id);
    const values = { city: null, count: 3, text: null, colour: 'Red', topics: [], agree: false };
    expect((await api.call(`GET events/${event.id}`)).body.body).toEqual(values);
  });

  it('starts a run whose trigger.body has every value in its own type', async () => {
    const { path, endpoint } = await aForm({ fields: FIELDS, thanks: 'Many thanks.' });
    const sent = await post(path, [
      ['who', ' Ana '],
      ['mail', 'ana@example.com'],
      ['amount', '12.5'],
      ['colour', 'Blue "dark"'],
      ['topics', 'C'],
      ['topics', 'A'],
      ['agree', 'on'],
      ['other', 'never asked'],
    ]);
    expect([sent.statusCode, sent.body.includes('Many thanks.')]).toEqual([200, true]);
    const [event] = await eventsOf(endpoint.id);
    expect(event).toMatchObject({ status: 'accepted', method: 'POST', verification: { status: 'none' } });
    await worker.work();
    const values = {
      who: 'Ana',
      mail: 'ana@example.com',
      amount: 12.5,
      colour: 'Blue "dark"',
      topics: ['A', 'C'],
      agree: true,
    };
    expect((await api.call(`GET events/${event.id}`)).body.body).toEqual(values);
    const done = await run(event.runs[0].id);
    expect(done).toMatchObject({ kind: 'form', status: 'succeeded', eventId: event.id });
    expect(done.steps[1].output).toEqual(values);
  });

  it('says what is wrong by field, keeps what was filled in and stores nothing', async () => {
    const { path, endpoint } = await aForm({ fields: FIELDS });
    const sent = await post(path, { who: ' ', mail: '"><b>', amount: 'a lot', colour: 'Green' });
    expect(sent.statusCode).toBe(422);
    expect(sent.body).toContain('href="#f-who"');
    expect(sent.body).toContain('Your name is missing. Fill it in.');
    expect(sent.body).toContain('Amount is no number.');
    expect(sent.body).toContain('Colour is not among what is offered.');
    expect(sent.body).toContain('value="&quot;&gt;&lt;b&gt;"');
    expect(sent.body).toContain('aria-describedby="f-mail-error f-mail-help"');
    expect(await eventsOf(endpoint.id)).toEqual([]);
  });

  it('makes one event of a button that is pressed twice, and two of a form that was corrected', async () => {
    const { path, endpoint } = await aForm({ fields: FIELDS });
    const opened = { who: 'Ana', _submission: submissionIn((await get(path)).body) };
    const answers = await Promise.all([post(path, opened), post(path, opened), post(path, opened)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    await post(path, { ...opened, who: 'Anna' });
    await post(path, { who: 'Ana', _submission: submissionIn((await get(path)).body) });
    const events = await eventsOf(endpoint.id);
    const statuses = events.map((event: any) => event.status).toSorted();
    expect(statuses).toEqual(['accepted', 'accepted', 'accepted', 'duplicate', 'duplicate']);
  });

  it('keeps files with the event, and says which do not fit', async () => {
    const fields = [
      { name: 'who', required: true },
      { name: 'cv', label: 'CV', type: 'file', required: true, accept: '.pdf', maxMegabytes: 1 },
      { name: 'photo', type: 'file' },
    ];
    const { path, endpoint } = await aForm({ fields });
    expect((await get(path)).body).toContain('enctype="multipart/form-data"');
    const send = async (cv: File, who = 'Ana') => {
      const form = new FormData();
      form.set('who', who);
      form.set('cv', cv);
      form.set('photo', new File([], ''));
      const request = new Request('http://x', { method: 'POST', body: form });
      const payload = Buffer.from(await request.arrayBuffer());
      const headers = { 'content-type': request.headers.get('content-type')! };
      return api.app.inject({ method: 'POST', url: path, payload, headers });
    };
    const wrong = await send(new File(['x'], 'cv.exe'));
    expect([wrong.statusCode, wrong.body.includes('CV takes only .pdf.')]).toEqual([422, true]);
    const large = await send(new File([new Uint8Array(1024 * 1024 + 1)], 'cv.pdf'));
    expect(large.body).toContain('CV is larger than 1 MB');
    const refused = await send(new File(['x'], 'my <cv>.pdf'), '');
    expect(refused.body).toContain('id="f-cv-error">CV: choose the file “my &lt;cv&gt;.pdf” again.');
    expect(refused.body).not.toContain('photo: choose');
    const bytes = new Uint8Array([1, 2, 13, 10, 255]);
    expect((await send(new File([bytes], 'CV "Ä".pdf', { type: 'application/pdf' }))).statusCode).toBe(200);
    const [event] = await eventsOf(endpoint.id);
    const cv = { filename: 'CV "Ä".pdf', contentType: 'application/pdf', size: 5, ref: `${event.id}#1` };
    await worker.work();
    expect((await run(event.runs[0].id)).steps[1].output).toEqual({ who: 'Ana', cv, photo: null });
  });

  it('leads on to another page where it says so', async () => {
    const { path } = await aForm({ fields: [], redirect: 'https://example.com/thanks' });
    expect((await get(path)).headers['content-security-policy']).toContain(
      "form-action 'self' https://example.com;",
    );
    const sent = await post(path, {});
    expect([sent.statusCode, sent.headers.location]).toEqual([303, 'https://example.com/thanks']);
  });
});

describe('a form is never deaf', () => {
  it('before it is published: it says so, and what is sent is captured and can be replayed', async () => {
    const { id, path, endpoint } = await aForm({ fields: FIELDS }, { publish: false });
    expect((await get(path)).body).toContain('not switched on yet');
    expect((await post(path, { who: 'Ana' })).statusCode).toBe(200);
    const [event] = await eventsOf(endpoint.id);
    expect(event.status).toBe('captured');
    await api.call(`POST workflows/${id}/publish`);
    const replay = await api.call(`POST events/${event.id}/replay`);
    expect(replay.status).toBe(202);
    await worker.work();
    const done = await run(replay.body.runId);
    expect(done).toMatchObject({ kind: 'replay', status: 'succeeded' });
    expect(done.steps[1].output).toMatchObject({ who: 'Ana', amount: null, agree: false });
  });

  it('while it is paused: what is sent is held and runs on resume', async () => {
    const { id, path, endpoint } = await aForm({ fields: FIELDS });
    await api.call(`POST workflows/${id}/pause`);
    expect((await get(path)).body).toContain('is paused');
    await post(path, { who: 'Ana' });
    expect((await eventsOf(endpoint.id))[0].status).toBe('held');
    await api.call(`POST workflows/${id}/resume`);
    await worker.work();
    const [event] = await eventsOf(endpoint.id);
    expect(event).toMatchObject({ status: 'accepted', runs: [{ status: 'succeeded' }] });
  });

  it('shows the live fields while the draft has others', async () => {
    const { id, path } = await aForm({ fields: [{ name: 'old' }] });
    const { body } = await api.call(`GET workflows/${id}`);
    const steps = body.definition.steps.map((step: any) =>
      step.id === 'form' ? { ...step, config: { ...step.config, fields: [{ name: 'new' }] } } : step,
    );
    const definition = { ...body.definition, steps };
    await api.call(`PUT workflows/${id}`, { body: { definition, revision: body.revision } });
    expect((await get(path)).body).toContain('name="old"');
    await api.call(`POST workflows/${id}/publish`);
    expect((await get(path)).body).toContain('name="new"');
  });
});

describe('the address of a form', () => {
  it('is unknown to all but forms, and its token is no trigger URL', async () => {
    const { endpoint } = await aForm({});
    expect((await get(`/forms/${'A'.repeat(32)}`)).statusCode).toBe(404);
    const hook = { method: 'POST', url: `/hooks/${endpoint.token}`, payload: '{}' } as const;
    expect((await api.app.inject(hook)).statusCode).toBe(404);
    const other = (await api.call('POST endpoints', { body: { name: 'Plain' } })).body;
    expect((await get(`/forms/${other.token}`)).statusCode).toBe(404);
    expect((await post(`/forms/${other.token}`, {})).statusCode).toBe(404);
  });

  it('changes when it is rotated, and a copy of the workflow has one of its own', async () => {
    const { id, endpoint, path } = await aForm({ title: 'Mine' });
    const rotated = await api.call(`POST endpoints/${endpoint.id}/rotate`, {
      body: { token: true, overlapSeconds: 0 },
    });
    expect((await get(new URL(rotated.body.url).pathname)).statusCode).toBe(200);
    expect((await get(path)).statusCode).toBe(404);
    const copy = (await api.call(`POST workflows/${id}/copy`)).body;
    const { config } = copy.definition.steps[0];
    expect(config).toMatchObject({ title: 'Mine', endpoint: expect.not.stringMatching(`^${endpoint.key}$`) });
    expect((await endpointOf(config.endpoint)).sender).toBe('form');
  });

  it('belongs to nobody else: its sender stays, and none is made by hand', async () => {
    const { endpoint } = await aForm({});
    const body = { name: 'Renamed', sender: 'form', rateLimit: { perSecond: 0.001 } };
    expect((await api.call(`PUT endpoints/${endpoint.id}`, { body })).status).toBe(200);
    const other = await api.call(`PUT endpoints/${endpoint.id}`, {
      body: { name: 'Renamed', sender: 'any' },
    });
    expect(other.status).toBe(422);
    expect((await api.call('POST endpoints', { body })).status).toBe(422);
    const path = new URL(endpoint.url).pathname;
    expect([(await post(path, {})).statusCode, (await post(path, {})).statusCode]).toEqual([200, 429]);
  });

  it('takes nothing from a page of another site', async () => {
    const { path } = await aForm({});
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' };
    const sent = await api.app.inject({ method: 'POST', url: path, payload: '', headers });
    expect(sent.statusCode).toBe(403);
  });

  it('refuses what is too large before it is read', async () => {
    const { path } = await aForm({});
    const headers = { 'content-type': 'text/plain', 'content-length': String(17 * 1024 * 1024) };
    const sent = await api.app.inject({ method: 'POST', url: path, payload: 'x', headers });
    expect([sent.statusCode, sent.body.includes('too large')]).toEqual([413, true]);
  });
});

it('several triggers start one workflow, each with what is its own', async () => {
  const after = { source: 'hand', target: 'after' };
  const hook = { id: 'hook', type: 'trigger.webhook', config: {} };
  const hand = { id: 'hand', type: 'trigger.manual', config: { fields: [{ name: 'n', type: 'number' }] } };
  const form = { id: 'form', type: 'trigger.form', config: { fields: [{ name: 'n', type: 'number' }] } };
  const step = { id: 'after', type: 'transform', config: { expression: 'trigger.body.n' } };
  const edges = [after, { source: 'hook', target: 'after' }, { source: 'form', target: 'after' }];
  const definition = { format: 1, steps: [hook, hand, form, step], edges };
  const made = (await api.call('POST workflows', { body: { name: 'All ways in', definition } })).body;
  await api.call(`POST workflows/${made.id}/publish`);
  const urls = await Promise.all(
    [0, 2].map(
      async (at) => new URL((await endpointOf(made.definition.steps[at].config.endpoint)).url).pathname,
    ),
  );
  await api.app.inject({
    method: 'POST',
    url: urls[0]!,
    payload: '{"n":1}',
    headers: { 'content-type': 'application/json' },
  });
  await post(urls[1]!, { n: '2' });
  await api.call(`POST workflows/${made.id}/runs`, { body: { input: { n: '3' } } });
  await worker.work();
  const runs = (await api.call(`GET runs?workflowId=${made.id}`)).body.items;
  const outputs = await Promise.all(
    runs.map(async ({ id, kind }: any) => [kind, (await run(id)).steps[1].output]),
  );
  expect(Object.fromEntries(outputs)).toEqual({ event: 1, form: 2, manual: 3 });
  const wrong = await api.call(`POST workflows/${made.id}/runs`, { body: { input: { n: 'three' } } });
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'input.n']);
});
