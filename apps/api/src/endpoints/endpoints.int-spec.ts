import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.close());

async function create(body: object) {
  const answer = await api.call('POST endpoints', { body });
  expect(answer.status).toBe(201);
  return answer.body;
}

const rowsOf = async (sql: string, ...parameters: unknown[]) =>
  (await api.parts.pools.ui.query(sql, parameters)).rows;

describe('an endpoint', () => {
  it('has a URL that cannot be guessed, on every look', async () => {
    const made = await create({ name: 'Orders' });
    expect(made).toMatchObject({
      key: 'orders',
      sender: 'any',
      methods: ['POST'],
      maxBodyBytes: 1_048_576,
      hasSecret: false,
    });
    expect(made.token).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(made.url).toBe(`http://localhost:3210/hooks/${made.token}`);
    expect((await api.call(`GET endpoints/${made.id}`)).body).toEqual(made);
    expect((await api.call('GET endpoints')).body.items[0]).toEqual(made);
  });

  it('keeps all its settings', async () => {
    const settings = {
      sender: 'hmac',
      verify: { header: 'X-Sig', algorithm: 'sha512', encoding: 'base64', prefix: 'v1=' },
      methods: ['POST', 'PUT'],
      dedupe: { key: 'body.id', windowSeconds: 60 },
      rateLimit: { perSecond: 5, burst: 10 },
      schema: { type: 'object', required: ['id'] },
      maxBodyBytes: 2_000_000,
      response: { mode: 'now', status: 202, headers: { 'x-a': 'b' }, body: 'thanks' },
    };
    expect(await create({ name: 'All', secret: 'top secret text', ...settings })).toMatchObject({
      ...settings,
      hasSecret: true,
    });
  });

  it('stores token and secret hashed and encrypted only, and never shows a secret', async () => {
    const secret = 'a-secret-nobody-may-read';
    const made = await create({ name: 'Sealed', sender: 'github', secret });
    expect(JSON.stringify(made)).not.toContain(secret);
    const rows = await rowsOf(
      `select encode(t.token_hash, 'hex') as hash, encode(t.sealed, 'escape') || encode(s.sealed, 'escape') as sealed,
              e.settings from endpoint e join endpoint_token t on t.endpoint_id = e.id
         join endpoint_secret s on s.endpoint_id = e.id where e.id = $1`,
      made.id,
    );
    expect(rows[0].hash).toBe(createHash('sha256').update(made.token).digest('hex'));
    expect(rows[0].sealed + rows[0].settings).not.toContain(secret);
    expect(rows[0].sealed).not.toContain(made.token);
  });

  it.each([
    ['an unknown sender', { sender: 'nobody' }, 'sender'],
    ['an unknown scheme', { sender: 'github', scheme: 'rot13' }, 'scheme'],
    ['hmac without a rule', { sender: 'hmac' }, 'verify'],
    [
      'a template that names nothing',
      { sender: 'hmac', verify: { header: 'x', template: '{nothing}' } },
      'verify',
    ],
    ['a secret that is no key', { sender: 'standard-webhooks', secret: 'whsec_!!!' }, 'secret'],
    ['an unknown method', { methods: ['BREW'] }, 'methods.0'],
    ['no method', { methods: [] }, 'methods'],
    ['too large a limit', { maxBodyBytes: 999_999_999 }, 'maxBodyBytes'],
    [
      'a cookie in the answer',
      { response: { headers: { 'Set-Cookie': 'a=b' } } },
      'response.headers.Set-Cookie',
    ],
    ['two lines in a header', { response: { headers: { 'x-a': 'b\r\nx-c: d' } } }, 'response.headers.x-a'],
    ['a duplicate key of nothing known', { dedupe: { key: 'bodi.id' } }, 'dedupe.key'],
    ['an unreadable duplicate key', { dedupe: { key: '(1 +' } }, 'dedupe.key'],
    ['a schema that is none', { schema: { type: 'nothing' } }, 'schema'],
    ['a key of another shape', { key: 'No Key' }, 'key'],
  ])('is refused with 422: %s', async (_name, part, path) => {
    const answer = await api.call('POST endpoints', { body: { name: 'Bad', ...part } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it('keeps its key and, unless told, its secret', async () => {
    const made = await create({ name: 'Keep', sender: 'github', secret: 'a long enough secret' });
    const put = (body: object) =>
      api.call(`PUT endpoints/${made.id}`, { body: { name: 'Renamed', sender: 'github', ...body } });
    expect((await put({})).body).toMatchObject({
      name: 'Renamed',
      key: 'keep',
      hasSecret: true,
      token: made.token,
    });
    expect((await put({ key: 'other' })).status).toBe(422);
    expect((await put({ secret: 'another secret' })).body.hasSecret).toBe(true);
    expect((await put({ secret: null })).body.hasSecret).toBe(false);
    const [row] = await rowsOf('select revision from endpoint where id = $1', made.id);
    expect(row.revision).toBe(4);
  });

  it('takes a key once: 409', async () => {
    await create({ name: 'Mine', key: 'only-once' });
    const again = await api.call('POST endpoints', { body: { name: 'Mine', key: 'only-once' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'key_taken' } });
  });
});

describe('rotating', () => {
  const tokensOf = (id: string) =>
    rowsOf(
      `select expires_at - now() between interval '50 seconds' and interval '61 seconds' as soon,
                   expires_at is null as current from endpoint_token where endpoint_id = $1 order by expires_at`,
      id,
    );

  it('gives a new token; the old one works until the overlap ends', async () => {
    const made = await create({ name: 'Rotate' });
    const rotated = (
      await api.call(`POST endpoints/${made.id}/rotate`, { body: { token: true, overlapSeconds: 60 } })
    ).body;
    expect(rotated.token).not.toBe(made.token);
    expect(await tokensOf(made.id)).toEqual([
      { soon: true, current: false },
      { soon: null, current: true },
    ]);
  });

  it('ends the old one at once where there is no overlap', async () => {
    const made = await create({ name: 'Revoke', sender: 'github', secret: 'first secret' });
    const body = { token: true, secret: 'second secret', overlapSeconds: 0 };
    expect((await api.call(`POST endpoints/${made.id}/rotate`, { body })).status).toBe(200);
    expect(await tokensOf(made.id)).toEqual([{ soon: null, current: true }]);
    expect(await rowsOf('select 1 from endpoint_secret where endpoint_id = $1', made.id)).toHaveLength(1);
  });

  it('needs to know what to rotate', async () => {
    const made = await create({ name: 'What' });
    expect((await api.call(`POST endpoints/${made.id}/rotate`, { body: {} })).status).toBe(422);
    const secret = await api.call(`POST endpoints/${made.id}/rotate`, {
      body: { secret: { wrong: 'field' } },
    });
    expect(secret.status).toBe(200);
  });
});

describe('deleting', () => {
  it('is refused while a live workflow starts from it', async () => {
    const endpoint = await create({ name: 'Used' });
    const steps = [{ id: 'hook', type: 'trigger.webhook', config: { endpoint: endpoint.key } }];
    const workflow = (
      await api.call('POST workflows', { body: { name: 'User', definition: { format: 1, steps } } })
    ).body;
    await api.call(`POST workflows/${workflow.id}/publish`);
    expect(await api.call(`DELETE endpoints/${endpoint.id}`)).toMatchObject({
      status: 409,
      body: { code: 'in_use' },
    });
    await api.call(`POST workflows/${workflow.id}/unpublish`);
    expect((await api.call(`DELETE endpoints/${endpoint.id}`)).status).toBe(204);
    expect((await api.call(`GET endpoints/${endpoint.id}`)).status).toBe(404);
    expect((await api.call(`POST workflows/${workflow.id}/publish`)).body.errors[0]).toMatchObject({
      code: 'missing_endpoint',
    });
  });

  it('answers 404 for what another project owns', async () => {
    const [other] = await rowsOf(
      `with p as (insert into project (key, name) values ('other', 'Other') returning id)
       insert into endpoint (project_id, key, name, settings) select id, 'theirs', 'Theirs', '{}' from p returning id`,
    );
    const calls = [`GET endpoints/${other.id}`, `DELETE endpoints/${other.id}`];
    for (const call of calls) expect((await api.call(call)).status).toBe(404);
    expect((await api.call(`PUT endpoints/${other.id}`, { body: { name: 'Mine' } })).status).toBe(404);
    expect((await api.call(`POST endpoints/${other.id}/rotate`, { body: { token: true } })).status).toBe(404);
    expect(
      (await api.call('GET endpoints?limit=200')).body.items.map((item: { key: string }) => item.key),
    ).not.toContain('theirs');
  });
});
