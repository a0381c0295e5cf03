import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.close());

it('keeps any JSON value under a name that expressions can say', async () => {
  for (const [at, value] of [
    null,
    false,
    0,
    'text \u0000 \ud800',
    [1, { a: [] }],
    { deep: { er: 1.5 } },
  ].entries()) {
    const made = await api.call('POST variables', { body: { key: `value${at}`, value } });
    expect(made).toMatchObject({ status: 201, body: { key: `value${at}`, value } });
    expect((await api.call(`GET variables/${made.body.id}`)).body).toEqual(made.body);
  }
});

it.each([
  ['no value', { key: 'none' }, 'value'],
  ['a key with a hyphen', { key: 'a-b', value: 1 }, 'key'],
  ['a value that is too large', { key: 'large', value: 'x'.repeat(40_000) }, 'value'],
])('refuses %s with 422', async (_name, body, path) => {
  expect(await api.call('POST variables', { body })).toMatchObject({
    status: 422,
    body: { errors: [{ path }] },
  });
});

it('takes a key once, changes its value and never its key', async () => {
  const { body } = await api.call('POST variables', { body: { key: 'rate', value: 1 } });
  expect((await api.call('POST variables', { body: { key: 'rate', value: 2 } })).status).toBe(409);
  expect((await api.call(`PUT variables/${body.id}`, { body: { value: 3 } })).body.value).toBe(3);
  expect((await api.call(`PUT variables/${body.id}`, { body: { key: 'rate', value: 4 } })).body.value).toBe(
    4,
  );
  expect((await api.call(`PUT variables/${body.id}`, { body: { key: 'other', value: 4 } })).status).toBe(422);
  expect((await api.call(`DELETE variables/${body.id}`)).status).toBe(204);
  expect((await api.call(`GET variables/${body.id}`)).status).toBe(404);
  expect((await api.call(`DELETE variables/${body.id}`)).status).toBe(404);
});
