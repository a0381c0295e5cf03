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

it('names the samples of a sender in the list, and shows them whole with the sender', async () => {
  const { items } = (await api.call('GET senders')).body;
  const listed = items.find((item: { id: string }) => item.id === 'stripe');
  expect(listed.samples[0]).toEqual({ name: 'payment_intent.succeeded' });
  const stripe = (await api.call('GET senders/stripe')).body;
  expect(stripe.samples[0]).toMatchObject({
    name: 'payment_intent.succeeded',
    headers: { 'content-type': 'application/json' },
    body: { object: 'event', type: 'payment_intent.succeeded' },
  });
  expect((await api.call('GET senders/nobody')).status).toBe(404);
});

it('describes the connection types and says which fields are secret', async () => {
  const { items } = (await api.call('GET connection-types')).body;
  const smtp = items.find((item: { type: string }) => item.type === 'smtp');
  expect(smtp.dataSchema.properties.password.secret).toBe(true);
  expect(smtp.dataSchema.required).toEqual(['host', 'port', 'from']);
});
