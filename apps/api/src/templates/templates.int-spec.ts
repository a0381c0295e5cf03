import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.close());

const SLUG = 'stripe-payment-receipt-crm';

async function used(slug = SLUG, body: unknown = {}) {
  const answer = await api.call(`POST templates/${slug}/use`, { body });
  expect(answer.status).toBe(201);
  return answer.body;
}

describe('the gallery', () => {
  it('lists its cards without documents and shows one template with all it has', async () => {
    const { items } = (await api.call('GET templates')).body;
    expect(items).toHaveLength(15);
    const card = items.find((item: any) => item.slug === SLUG);
    expect(card).toMatchObject({ sender: 'stripe', category: 'Payments' });
    expect(card.definition).toBeUndefined();
    const { body } = await api.call(`GET templates/${SLUG}`);
    expect(body.definition.steps).toHaveLength(card.steps.length);
    expect(body.samples[0].effects.map((effect: any) => effect.kind)).toEqual(['email', 'http']);
  });

  it('does not know a template that is not there', async () => {
    expect((await api.call('GET templates/no-such-thing')).status).toBe(404);
    expect((await api.call('POST templates/no-such-thing/use', { body: {} })).status).toBe(404);
  });

  it('shows nothing to those who have no login', async () => {
    expect((await api.call('GET templates', { key: null })).status).toBe(401);
    expect((await api.call(`POST templates/${SLUG}/use`, { body: {}, key: null })).status).toBe(401);
  });
});

describe('using a template', () => {
  it('makes a draft with an endpoint for its sender and a setup that has not begun', async () => {
    const workflow = await used();
    expect(workflow).toMatchObject({
      name: 'Receipt and CRM entry for every payment',
      status: 'draft',
      revision: 1,
      setup: { template: SLUG, done: [], skipped: [], closed: false },
    });
    const { endpoint } = workflow.definition.steps[0].config;
    const { items } = (await api.call('GET endpoints?limit=200')).body;
    expect(items.find((item: any) => item.key === endpoint)).toMatchObject({
      sender: 'stripe',
      hasSecret: false,
    });
  });

  it('leaves exactly what the setup asks for, and nothing else, to be filled in', async () => {
    const { items } = (await api.call('GET templates')).body;
    for (const { slug, connections } of items) {
      const { fields } = (await api.call(`GET templates/${slug}`)).body;
      const workflow = await used(slug);
      const asked = [
        ...connections.flatMap(({ steps }: any) => steps.map((step: string) => `${step}.connection`)),
        ...fields.map(({ step, field }: any) => `${step}.${field}`),
      ];
      const missing = workflow.problems
        .filter(({ blocking }: any) => blocking)
        .map(({ stepId, path }: any) => `${stepId}.${path.split('.').at(-1)}`);
      expect(asked).toEqual(expect.arrayContaining(missing));
    }
  });

  it('never takes over the endpoint or the key of an earlier use', async () => {
    const [first, second] = [await used(), await used(SLUG, { name: 'Receipts' })];
    expect(second).toMatchObject({ name: 'Receipts', key: 'receipts' });
    expect(second.definition.steps[0].config.endpoint).not.toBe(first.definition.steps[0].config.endpoint);
  });
});

describe('the guided setup', () => {
  it('is kept beside the draft, whose revision and document stay', async () => {
    const { id, definition } = await used();
    const progress = { done: ['webhook'], skipped: ['sample'], closed: true };
    const saved = await api.call(`PUT workflows/${id}/setup`, { body: progress });
    expect(saved).toMatchObject({ status: 200, body: { template: SLUG, ...progress } });
    const { body } = await api.call(`GET workflows/${id}`);
    expect(body).toMatchObject({ revision: 1, setup: { template: SLUG, ...progress }, definition });
  });

  it('outlives saving the draft, and is not copied', async () => {
    const { id, definition } = await used();
    const update = { definition: { ...definition, steps: definition.steps.slice(0, 1), edges: [] } };
    const saved = await api.call(`PUT workflows/${id}`, { body: { ...update, revision: 1 } });
    expect(saved.body.setup).toMatchObject({ template: SLUG });
    expect((await api.call(`POST workflows/${id}/copy`)).body.setup).toBeUndefined();
  });

  it('is not there for a workflow that was made otherwise', async () => {
    const definition = { format: 1, steps: [], edges: [] };
    const { body } = await api.call('POST workflows', { body: { name: 'By hand', definition } });
    expect(body.setup).toBeUndefined();
    const progress = { done: [], skipped: [], closed: false };
    expect((await api.call(`PUT workflows/${body.id}/setup`, { body: progress })).status).toBe(404);
  });

  it('is refused in another shape', async () => {
    const { id } = await used();
    const answer = await api.call(`PUT workflows/${id}/setup`, { body: { done: 'all' } });
    expect(answer.status).toBe(422);
  });
});
