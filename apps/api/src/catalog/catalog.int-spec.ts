import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.close());

it('describes the step types with the schemas of their configs', async () => {
  const { items } = (await api.call('GET step-types')).body;
  const http = items.find((item: { type: string }) => item.type === 'http');
  expect(http).toMatchObject({ kind: 'send', handles: ['out'], connection: { required: false } });
  expect(http.configSchema.required).toContain('url');
});

it('describes the senders with the fields of their secrets', async () => {
  const { items } = (await api.call('GET senders')).body;
  expect(items.map((item: { id: string }) => item.id)).toEqual(
    expect.arrayContaining(['any', 'hmac', 'standard-webhooks', 'github', 'stripe', 'shopify', 'slack']),
  );
  expect(items.find((item: { id: string }) => item.id === 'github').secretFields).toHaveLength(1);
});

it('describes the connection types and says which fields are secret', async () => {
  const { items } = (await api.call('GET connection-types')).body;
  const smtp = items.find((item: { type: string }) => item.type === 'smtp');
  expect(smtp.dataSchema.properties.password.secret).toBe(true);
  expect(smtp.dataSchema.required).toEqual(['host', 'port', 'from']);
});
