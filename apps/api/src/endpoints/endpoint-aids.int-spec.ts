import { createHmac, generateKeyPairSync } from 'node:crypto';
import { samplesOf, SENDERS } from '@hookloom/senders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

async function send(endpoint: { id: string }, body: object = {}) {
  const answer = await api.call(`POST endpoints/${endpoint.id}/test`, { body });
  expect(answer).toMatchObject({ status: 202 });
  return (await api.call(`GET events/${answer.body.eventId}`)).body;
}

function deliver(endpoint: { token: string }, body: string, headers: Record<string, string>) {
  const all = { 'content-type': 'application/json', ...headers };
  return api.app.inject({ method: 'POST', url: `/hooks/${endpoint.token}`, headers: all, payload: body });
}

async function newest(endpoint: { id: string }) {
  const { items } = (await api.call(`GET events?endpointId=${endpoint.id}&limit=1`)).body;
  return (await api.call(`GET events/${items[0].id}`)).body;
}

describe('a test of an endpoint', () => {
  const github = { sender: 'github', secret: 'shhh-very-secret' };

  it('is signed and goes through the real checks', async () => {
    const body = { zen: 'Keep it logically awesome.' };
    const event = await send(await anEndpoint(github), { body, headers: { 'X-GitHub-Event': 'ping2' } });
    expect(event).toMatchObject({
      status: 'captured',
      type: 'ping2',
      body,
      flags: ['sample'],
      verification: { status: 'verified' },
    });
    const mac = createHmac('sha256', github.secret).update(JSON.stringify(body)).digest('hex');
    expect(event.headers['x-hub-signature-256']).toBe(`sha256=${mac}`);
  });

  it('sends the usual sample of its sender, or the one that was named', async () => {
    const endpoint = await anEndpoint(github);
    expect(await send(endpoint)).toMatchObject({ type: 'push', verification: { status: 'verified' } });
    const release = await send(endpoint, { sample: 'release' });
    expect(release).toMatchObject({ type: 'release', body: { action: 'published' } });
  });

  it('sends a sample twice as two events', async () => {
    const endpoint = await anEndpoint(github);
    const statuses = [await send(endpoint), await send(endpoint)].map(({ status }) => status);
    expect(statuses).toEqual(['captured', 'captured']);
  });

  it('sends what was given twice as two events, too, if it is told to renew the id', async () => {
    const endpoint = await anEndpoint({ sender: 'stripe', secret: 'whsec_test_secret' });
    const given = { body: { id: 'evt_1PqLZ', type: 'charge.failed' }, freshId: true };
    const events = [await send(endpoint, given), await send(endpoint, given)];
    expect(events.map(({ status }) => status)).toEqual(['captured', 'captured']);
    expect(new Set(events.map(({ body }) => body.id)).size).toBe(2);
    const kept = [await send(endpoint, { body: given.body }), await send(endpoint, { body: given.body })];
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
  });

  it('takes an edited body and headers, also as a text', async () => {
    const endpoint = await anEndpoint({ sender: 'stripe', secret: 'whsec_test_secret' });
    const [sample] = samplesOf('stripe');
    if (!sample || !('json' in sample)) throw new Error('Stripe has no sample.');
    const json: any = structuredClone(sample.json);
    json.data.object.amount = 9_900;
    const event = await send(endpoint, {
      sample: sample.name,
      body: JSON.stringify(json),
      headers: { 'X-Note': 'a' },
    });
    expect(event).toMatchObject({
      verification: { status: 'verified' },
      type: sample.name,
      body: { data: { object: { amount: 9_900 } } },
      headers: { 'x-note': 'a' },
    });
    expect(event.body.id).not.toBe(json.id);
    const own = await send(endpoint, { sample: sample.name, body: { ...json, id: 'evt_mine' } });
    expect(own.body.id).toBe('evt_mine');
    const text = await send(endpoint, { body: 'as it is', headers: { 'content-type': 'text/plain' } });
    expect(text).toMatchObject({ body: 'as it is', verification: { status: 'verified' } });
  });

  it.each([
    'twilio',
    'slack',
    'shopify',
    'postmark',
    'mailgun',
    'hubspot',
    'adyen',
    'square',
    'contentful',
    'monday',
  ])('sends what %s would', async (sender) => {
    const secret = {
      postmark: 'user:password',
      adyen: '44782DEF547AAA06C910C43932B1EB0C',
      monday: 'a signing secret of monday',
    };
    const endpoint = await anEndpoint({
      sender,
      secret: Reflect.get(secret, sender) ?? 'an ordinary secret',
    });
    expect(await send(endpoint)).toMatchObject({ status: 'captured', verification: { status: 'verified' } });
  });

  it('says why it is unchecked where only the sender has the key', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
    const event = await send(await anEndpoint({ sender: 'discord', secret: raw }));
    expect(event).toMatchObject({
      status: 'captured',
      type: 'APPLICATION_AUTHORIZED',
      flags: ['sample', 'sample_unsigned'],
      verification: {
        status: 'unchecked',
        reason: 'sample_unsigned',
        hint: expect.stringContaining('private key'),
      },
    });
  });

  it('sends something by itself to an endpoint without a sender', async () => {
    expect(await send(await anEndpoint())).toMatchObject({ body: { test: true }, flags: ['sample'] });
  });

  it('names its event at once where requests wait for their run', async () => {
    const endpoint = await anEndpoint({ response: { mode: 'wait' } });
    const steps = [{ id: 'hook', type: 'trigger.webhook', config: { endpoint: endpoint.key } }];
    const definition = { format: 1, steps };
    const workflow = (await api.call('POST workflows', { body: { name: 'Waits', definition } })).body;
    expect((await api.call(`POST workflows/${workflow.id}/publish`)).status).toBeLessThan(300);
    expect(await send(endpoint)).toMatchObject({ status: 'accepted', flags: ['sample'] });
  });

  it('says so where the endpoint is not there or there is no such sample', async () => {
    const endpoint = await anEndpoint(github);
    expect((await api.call(`POST endpoints/${FOREIGN}/test`)).status).toBe(404);
    const answer = await api.call(`POST endpoints/${endpoint.id}/test`, { body: { sample: 'none' } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'sample' }] } });
    expect(answer.body.errors[0].message).toContain('"push"');
  });
});

describe('a request that fails its check', () => {
  it('is logged with what would mend it, which its sender is not told', async () => {
    const endpoint = await anEndpoint({ sender: 'github', secret: 'a secret with a blank ' });
    const mac = createHmac('sha256', 'a secret with a blank').update('{}').digest('hex');
    const answer = await deliver(endpoint, '{}', { 'x-hub-signature-256': `sha256=${mac}` });
    expect(answer.statusCode).toBe(401);
    expect(answer.body).not.toContain('around it');
    expect((await newest(endpoint)).verification).toMatchObject({
      status: 'failed',
      reason: 'signature_mismatch',
      hint: expect.stringContaining('around it'),
    });
  });
});

describe('a proposal', () => {
  const proposalOf = async (endpoint: { id: string }) =>
    (await api.call(`GET endpoints/${endpoint.id}/proposal`)).body.proposal;

  it('names the sender by what came, with the types seen', async () => {
    const endpoint = await anEndpoint();
    expect(await proposalOf(endpoint)).toBeNull();
    await deliver(endpoint, '{"from":"nobody known"}', {});
    expect(await proposalOf(endpoint)).toBeNull();
    for (const type of ['push', 'release']) {
      const headers = { 'x-github-event': type, 'x-github-delivery': `d-${type}` };
      await deliver(endpoint, '{}', { ...headers, 'user-agent': 'GitHub-Hookshot/044aadd' });
    }
    expect(await proposalOf(endpoint)).toEqual({
      sender: 'github',
      name: 'GitHub',
      confidence: 'high',
      why: expect.arrayContaining(['header x-github-event']),
      check: 'HMAC-SHA256 in header x-hub-signature-256',
      duplicateKey: ['header x-github-delivery'],
      types: ['release', 'push'],
    });
  });

  it('is none for an endpoint that has its sender, and 404 for one of nobody', async () => {
    const endpoint = await anEndpoint({ sender: 'stripe' });
    await deliver(endpoint, '{}', { 'x-github-event': 'push' });
    expect(await proposalOf(endpoint)).toBeNull();
    expect((await api.call(`GET endpoints/${FOREIGN}/proposal`)).status).toBe(404);
  });
});

describe('snippets', () => {
  it('hold the URL and the sample, and never the secret', async () => {
    const secret = 'whsec_nobody_may_see_this';
    const endpoint = await anEndpoint({ sender: 'stripe', secret });
    const { body } = await api.call(`POST endpoints/${endpoint.id}/snippets`, { body: {} });
    for (const language of ['curl', 'node', 'python']) {
      expect(body[language]).toContain(endpoint.url);
      expect(body[language]).toContain('payment_intent.succeeded');
      expect(body[language]).not.toContain(secret);
    }
    expect(body.secretVariable).toBe('SIGNING_SECRET');
  });

  it('are there for every sender', async () => {
    for (const sender of SENDERS.keys()) {
      const verify = sender === 'hmac' ? { verify: { header: 'x-signature' } } : {};
      const endpoint = await anEndpoint({ sender, ...verify });
      const { status, body } = await api.call(`POST endpoints/${endpoint.id}/snippets`, { body: {} });
      expect([sender, status]).toEqual([sender, 200]);
      expect(body.curl).toContain(`/hooks/${endpoint.token}`);
    }
  });
});
