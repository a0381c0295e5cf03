import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.close());

it('shows a key once', async () => {
  const { status, body } = await api.call('POST api-keys', { body: { name: 'Deploy', scopes: ['read'] } });
  expect(status).toBe(201);
  expect(body.key).toMatch(/^hl_[A-Za-z0-9_-]{32,}$/);
  const list = await api.call('GET api-keys');
  expect(list.body.items[0]).toMatchObject({
    id: body.id,
    name: 'Deploy',
    scopes: ['read'],
    lastUsedAt: null,
  });
  expect(JSON.stringify(list.body)).not.toContain(body.key);
});

it('lets a key do what its scopes say, until it is taken back', async () => {
  const { body } = await api.call('POST api-keys', { body: { name: 'Reader', scopes: ['read'] } });
  const asReader = { key: body.key };
  expect((await api.call('GET workflows', asReader)).status).toBe(200);
  expect((await api.call('POST variables', { ...asReader, body: { key: 'a', value: 1 } })).status).toBe(403);
  expect(
    (await api.call('POST api-keys', { ...asReader, body: { name: 'More', scopes: ['admin'] } })).status,
  ).toBe(403);
  const { items } = (await api.call('GET api-keys')).body;
  expect(items.find((item: { id: string }) => item.id === body.id).lastUsedAt).not.toBeNull();
  expect((await api.call(`DELETE api-keys/${body.id}`)).status).toBe(204);
  expect((await api.call('GET workflows', asReader)).status).toBe(401);
});

it('refuses scopes that do not exist with 422', async () => {
  for (const scopes of [['everything'], []]) {
    expect((await api.call('POST api-keys', { body: { name: 'Bad', scopes } })).status).toBe(422);
  }
});
