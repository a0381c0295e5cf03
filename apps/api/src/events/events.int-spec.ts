import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { SECRET_HEADERS, SECRET_NAME } from '@hookloom/contracts';
import { SENDERS } from '@hookloom/senders';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.close());

const FOREIGN = '0197e6f0-0000-7000-8000-000000000000';

async function anEndpoint(settings: Record<string, unknown> = {}) {
  const answer = await api.call('POST endpoints', { body: { name: 'Orders', ...settings } });
  expect(answer.status).toBe(201);
  return answer.body;
}

async function deliver(
  endpoint: any,
  body: string | Buffer,
  headers: Record<string, string> = {},
  query = '',
) {
  const reply = await api.app.inject({
    method: 'POST',
    url: `/hooks/${endpoint.token}${query}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  });
  return reply.json().eventId as string;
}

const get = async (path: string) => (await api.call(`GET ${path}`)).body;

describe('an event', () => {
  it('shows what was received, with secrets masked', async () => {
    const endpoint = await anEndpoint();
    const headers = { authorization: 'Bearer topsecret', 'x-api-key': 'k', cookie: 'a=b', 'x-plain': 'p' };
    const id = await deliver(endpoint, '{"a":[1,{"b":null}]}', headers, '?x=1&x=2&access_token=t');
    const event = await get(`events/${id}`);
    expect(event).toMatchObject({
      id,
      endpointId: endpoint.id,
      status: 'captured',
      method: 'POST',
      query: { x: ['1', '2'], access_token: '[redacted]' },
      body: { a: [1, { b: null }] },
      verification: { status: 'none' },
      answer: { status: 200, ms: expect.any(Number) },
      runs: [],
    });
    expect(event.headers).toMatchObject({
      authorization: '[redacted]',
      'x-api-key': '[redacted]',
      cookie: '[redacted]',
      'x-plain': 'p',
    });
  });

  it('is read by its content type, and shown as text where it cannot be read', async () => {
    const endpoint = await anEndpoint({ methods: ['POST'] });
    const multipart = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n';
    const bodies: [string, string, unknown][] = [
      ['application/x-www-form-urlencoded', 'a=1&b=2&b=3', { a: '1', b: ['2', '3'] }],
      ['application/xml', '<o x="1"><i>2</i></o>', { o: { '@x': '1', i: '2' } }],
      ['multipart/form-data; boundary=b', multipart, { a: '1' }],
      ['text/plain', 'hello', 'hello'],
      [
        'application/json',
        '{"n":1e400,"__proto__":{"x":1},"s":"\\ud800\\u0000"}',
        expect.objectContaining({ n: null }),
      ],
    ];
    for (const [type, body, value] of bodies) {
      const id = await deliver(endpoint, body, { 'content-type': type });
      expect((await get(`events/${id}`)).body).toEqual(value);
    }
    const broken = await deliver(endpoint, '{"a":');
    expect(await get(`events/${broken}`)).toMatchObject({ status: 'rejected', body: '{"a":' });
  });

  it('is read inflated, and its exact bytes are a download', async () => {
    const endpoint = await anEndpoint();
    const bytes = gzipSync('{"zip":true}');
    const id = await deliver(endpoint, bytes, { 'content-encoding': 'gzip' });
    expect((await get(`events/${id}`)).body).toEqual({ zip: true });
    const raw = await api.app.inject({
      url: `/api/v1/events/${id}/raw`,
      headers: { authorization: 'Bearer hl_0123456789abcdefghijklmnopqrstuv' },
    });
    expect(raw.rawPayload.equals(bytes)).toBe(true);
    expect(raw.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="event-${id}.bin"`,
      'x-content-type-options': 'nosniff',
    });
  });

  it('of nobody is not there', async () => {
    for (const path of [`events/${FOREIGN}`, `events/${FOREIGN}/raw`, 'events/x']) {
      expect((await api.call(`GET ${path}`)).status).toBe(404);
    }
  });

  it('of another project is not there', async () => {
    const endpoint = await anEndpoint();
    const id = await deliver(endpoint, '{}');
    await api.parts.pools.ui.query(`update event set project_id = gen_random_uuid() where id = $1`, [id]);
    expect((await api.call(`GET events/${id}`)).status).toBe(404);
    expect((await get(`events?endpointId=${endpoint.id}`)).items).toEqual([]);
    expect((await api.call(`POST events/${id}/replay`)).status).toBe(404);
  });
});

describe('the list of events', () => {
  it('is newest first, in pages', async () => {
    const endpoint = await anEndpoint();
    const ids = [];
    for (let n = 0; n < 5; n += 1) ids.push(await deliver(endpoint, `{"n":${n}}`));
    const first = await get(`events?endpointId=${endpoint.id}&limit=2`);
    const second = await get(`events?endpointId=${endpoint.id}&limit=2&cursor=${first.nextCursor}`);
    const third = await get(`events?endpointId=${endpoint.id}&limit=2&cursor=${second.nextCursor}`);
    const seen = [first, second, third].flatMap((page) => page.items.map((item: any) => item.id));
    expect(seen).toEqual(ids.toReversed());
    expect(third.nextCursor).toBeNull();
    expect(first.items[0]).not.toHaveProperty('body');
  });

  it('can be narrowed by status, type, time and text', async () => {
    const endpoint = await anEndpoint({ sender: 'github' });
    const push = await deliver(endpoint, '{"ref":"needle-1"}', {
      'x-github-event': 'push',
      'x-github-delivery': 'd-1',
    });
    const again = await deliver(endpoint, '{}', { 'x-github-event': 'issues', 'x-github-delivery': 'd-1' });
    expect(again).toBe(push);
    const list = async (query: string) =>
      (await get(`events?endpointId=${endpoint.id}&${query}`)).items.map((item: any) => item.status);
    expect(await list('status=duplicate')).toEqual(['duplicate']);
    expect(await list('type=push')).toEqual(['captured']);
    expect(await list('q=needle')).toEqual(['captured']);
    expect(await list('q=d-1')).toEqual(['duplicate', 'captured']);
    expect(await list('q=nowhere')).toEqual([]);
    expect(await list(`q=${push}`)).toEqual(['captured']);
    expect(await list('from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z')).toEqual([]);
    expect(await list('from=2020-01-01T00:00:00Z')).toHaveLength(2);
    const duplicate = (await get(`events?endpointId=${endpoint.id}&status=duplicate`)).items[0];
    expect(duplicate).toMatchObject({ duplicateOf: push, dedupeKey: 'd-1' });
    expect(duplicate).not.toHaveProperty('deliveries');
    expect(await get(`events/${push}`)).toMatchObject({ deliveries: 2 });
  });

  it('refuses what it cannot understand', async () => {
    for (const query of [
      'status=nice',
      'limit=1000',
      'cursor=x',
      'from=yesterday',
      'q=%00',
      'endpointId=x',
    ]) {
      expect([query, (await api.call(`GET events?${query}`)).status]).toEqual([query, 422]);
    }
  });
});

describe('looking into events', () => {
  it('finds by a value of the body, by signature and by answer', async () => {
    const endpoint = await anEndpoint({ sender: 'github', secret: 'a secret of the shop' });
    const body = '{"data":{"amount":150,"id":"evt_900"}}';
    const signature = createHmac('sha256', 'a secret of the shop').update(body).digest('hex');
    const proven = await deliver(endpoint, body, { 'x-hub-signature-256': `sha256=${signature}` });
    const refused = await deliver(endpoint, '{"data":{"amount":50}}', { 'x-hub-signature-256': 'sha256=00' });
    const found = async (query: string) => {
      const page = await get(`events?endpointId=${endpoint.id}&${query}`);
      return page.items.map(({ id }: any) => id);
    };
    expect(await found('where=data.amount%3E100')).toEqual([proven]);
    expect(await found(`where=${encodeURIComponent('data.id = evt_900')}`)).toEqual([proven]);
    expect(await found('where=data.amount%3E0')).toHaveLength(2);
    expect(await found('q=evt_900')).toEqual([proven]);
    expect(await found('signature=verified&answer=200')).toEqual([proven]);
    expect(await found('answer=401')).toEqual([refused]);
    expect(await found('signature=failed')).toEqual([refused]);
    expect((await api.call('GET events?where=nothing')).status).toBe(422);
  });

  it('compares the values of large bodies a few at a time', async () => {
    const endpoint = await anEndpoint();
    const pad = 'x'.repeat(200_000);
    for (let n = 0; n < 12; n += 1) await deliver(endpoint, JSON.stringify({ n, pad }));
    const query = vi.spyOn((api.parts.store.events as any).manager, 'query');
    const page = await get(`events?endpointId=${endpoint.id}&where=n%3E0`);
    const answers: any[][] = await Promise.all(query.mock.results.map(({ value }) => value));
    query.mockRestore();
    expect(page.items).toHaveLength(11);
    const bytes = answers.map((rows) => rows.reduce((sum, row) => sum + (row.body?.length ?? 0), 0));
    expect(Math.max(...bytes)).toBeGreaterThan(0);
    expect(Math.max(...bytes)).toBeLessThan(1_100_000);
  });

  it('finds the oldest of very many, and says where the end is', async () => {
    const endpoint = await anEndpoint();
    const first = await deliver(endpoint, '{"order":"the oldest of all"}');
    await api.parts.pools.ui.query(
      `insert into event (id, project_id, endpoint_id, received_at, status, method, query, headers, body, body_bytes,
         sender, verification, answer_status, answer_ms)
       select new_id(), project_id, endpoint_id, received_at, status, method, query, headers, '{}', 2, sender,
         verification, answer_status, answer_ms from event, generate_series(1, 26000) where id = $1`,
      [first],
    );
    const page = await get(`events?endpointId=${endpoint.id}&q=oldest%20of&limit=10`);
    expect(page.items.map(({ id }: any) => id)).toEqual([first]);
    expect(page.nextCursor).toBeNull();
    const all = await get(`events?endpointId=${endpoint.id}&answer=200&limit=10`);
    expect(all.items).toHaveLength(10);
    expect(all.nextCursor).toBe(all.items[9].id);
    const newest = await deliver(endpoint, '{"order":"the newest, not the oldest of all"}');
    const search = `events?endpointId=${endpoint.id}&q=the%20oldest%20of&limit=10`;
    const shown = await get(search); // before all that is old has been read
    expect(shown.items.map(({ id }: { id: string }) => id)).toEqual([newest]);
    const rest = await get(`${search}&cursor=${shown.nextCursor}`);
    expect(rest).toMatchObject({ items: [{ id: first }], nextCursor: null });
  });

  it('shows what is masked to who may see it, but for what rules hide, and notes who looked', async () => {
    const endpoint = await anEndpoint();
    const id = await deliver(
      endpoint,
      '{}',
      { authorization: 'Bearer topsecret', 'x-pin': '1234' },
      '?token=t',
    );
    const rule = await api.call('POST redaction-rules', { body: { pattern: 'x-pin' } });
    const { status, body } = await api.call(`POST events/${id}/reveal`);
    await api.call(`DELETE redaction-rules/${rule.body.id}`);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { headers: { authorization: 'Bearer topsecret', 'x-pin': '[redacted]' }, query: { token: 't' } },
    });
    const noted = 'select action, subject_kind from audit where subject_id = $1';
    expect((await api.parts.pools.ui.query(noted, [id])).rows).toEqual([
      { action: 'reveal headers', subject_kind: 'event' },
    ]);
    const { body: key } = await api.call('POST api-keys', { body: { name: 'Editor', scopes: ['edit'] } });
    expect((await api.call(`POST events/${id}/reveal`, { key: key.key })).status).toBe(403);
  });

  it('finds a text in headers that are shown, by name and by value', async () => {
    const endpoint = await anEndpoint();
    const id = await deliver(endpoint, '{}', { 'x-shop-domain': 'north "wind".example' });
    const found = async (q: string) =>
      (await get(`events?endpointId=${endpoint.id}&q=${encodeURIComponent(q)}`)).items.map(
        (item: any) => item.id,
      );
    expect(await found('x-shop-dom')).toEqual([id]);
    expect(await found('north "wind"')).toEqual([id]);
    expect(await found('"x-shop-domain":')).toEqual([]);
    expect(await found('north .wind')).toEqual([]);
    expect((await get(`events/count?endpointId=${endpoint.id}&q=x-shop-dom`)).count).toBe(1);
  });

  it('never finds what stands in a masked header, however it is guessed', async () => {
    const endpoint = await anEndpoint();
    const names = ['authorization', 'cookie', 'x-api-key', 'x-gitlab-token', ...SECRET_HEADERS];
    const headers = Object.fromEntries(names.map((name, at) => [name, `guess-me-${at}`]));
    await deliver(endpoint, '{}', headers);
    for (const q of ['g', 'gue', 'guess-me-0', ...names.map((_name, at) => `ess-me-${at}`), '":"guess']) {
      const query = `endpointId=${endpoint.id}&q=${encodeURIComponent(q)}`;
      const { count } = await get(`events/count?${query}`);
      const { items } = await get(`events?${query}`);
      expect([q, count, items.length]).toEqual([q, q === 'g' ? 1 : 0, q === 'g' ? 1 : 0]);
    }
  });

  it('looks into no header that any sender is known to put a secret in', () => {
    const places = [...SENDERS.values()].flatMap(({ schemes }) =>
      schemes.flatMap((scheme) => ('token' in scheme ? [scheme.token.in] : [])),
    );
    const headers = places.flatMap((place) => /^header:(.+)$/.exec(place)?.[1] ?? []);
    expect(headers.length).toBeGreaterThan(5);
    expect(headers.filter((name) => !SECRET_NAME.test(name) && !SECRET_HEADERS.includes(name))).toEqual([]);
  });

  it('says what to do when there is too much to look into', async () => {
    const tooLong = Object.assign(new Error('cancelled'), { code: '57014' });
    const count = vi.spyOn(api.parts.store.events, 'count').mockRejectedValueOnce(tooLong);
    const answer = await api.call('GET events/count?q=x');
    count.mockRestore();
    expect(answer).toMatchObject({ status: 422, body: { code: 'search_too_broad' } });
    expect(answer.body.detail).toContain('Narrow the search');
  });
});
