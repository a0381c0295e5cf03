import type { EndpointView } from '@hookloom/contracts';
import { VueQueryPlugin, QueryClient } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed, defineComponent, h, type Component } from 'vue';
import type { Sender } from '../../../api/senders.api.js';
import { i18n } from '../../../app/i18n.js';
import SenderProposal from '../../events/SenderProposal.vue';
import EndpointProtection from './EndpointProtection.vue';
import EndpointSignature from './EndpointSignature.vue';
import EndpointTest from './EndpointTest.vue';
import EndpointUrl from './EndpointUrl.vue';
import { provideEndpoint } from './endpoint-context.js';
import { anEndpoint } from './endpoint.fixture.js';
import { useEndpointCalls } from './useEndpointCalls.js';
import { useEndpointSettings } from './useEndpointSettings.js';

const meta: Sender = {
  id: 'meta',
  name: 'Meta',
  category: 'social',
  confidence: 'third-party',
  confidenceNote: 'Agrees with independent code.',
  schemes: [
    {
      id: 'default',
      kind: 'hmac',
      summary: 'HMAC-SHA256 in header x-hub-signature-256',
      needsPublishedKey: false,
    },
  ],
  secretFields: [
    { name: 'appSecret', label: 'App secret' },
    { name: 'verifyToken', label: 'Verify token', optional: true },
  ],
  eventId: { from: [] },
  setup: 'Webhooks of the app: paste the URL.',
  samples: [{ name: 'messages' }],
};
const sample = {
  name: 'messages',
  headers: { 'content-type': 'application/json' },
  body: { object: 'page' },
};
const snippets = { curl: 'curl it', node: 'node it', python: 'python it', secretVariable: 'SIGNING_SECRET' };

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}
let calls: Call[];
/** Answers by method and path; what is not here answers 404. */
let answers: Record<string, (body: unknown) => unknown>;

function answer(path: string, init: RequestInit = {}): Response {
  const method = init.method ?? 'GET';
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
  const [where = ''] = path.replace('/api/v1', '').split('?');
  calls.push({ method, path: where, body });
  const made = answers[`${method} ${where}`]?.(body);
  const status = made === undefined ? 404 : 200;
  return Response.json(made ?? { title: 'Not found', status }, { status });
}

function show(part: Component, endpoint: EndpointView, sender: Sender | undefined) {
  const around = defineComponent(() => {
    const shown = computed(() => endpoint);
    const { change } = useEndpointCalls();
    const settings = useEndpointSettings(shown, { save: change, toSentences: () => ({ title: 'Failed.' }) });
    provideEndpoint({ endpoint: shown, sender: computed(() => sender), settings });
    return () => h(part, part === SenderProposal ? { endpointId: endpoint.id, save: settings.save } : {});
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return mount(around, {
    global: { plugins: [i18n, [VueQueryPlugin, { queryClient }]] },
    attachTo: document.body,
  });
}

const lastCall = (method: string): Call | undefined => calls.findLast((call) => call.method === method);

beforeEach(() => {
  calls = [];
  answers = { 'GET /events': () => ({ items: [], nextCursor: null }) };
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => answer(path, init));
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('the signature of an endpoint', () => {
  const endpoint = anEndpoint({ sender: 'meta' });

  it('asks for every field of the secret and stores the filled ones', async () => {
    answers[`PUT /endpoints/${endpoint.id}`] = () => ({ ...endpoint, hasSecret: true });
    const part = show(EndpointSignature, endpoint, meta);
    const labels = part.findAll('label').map((label) => label.text());
    expect(labels).toEqual(['Signing secret', 'Verify token']);
    expect(part.get('button[type=submit]').attributes('disabled')).toBeDefined();
    await part.get('input').setValue('the app secret');
    await part.get('form').trigger('submit');
    await flushPromises();
    expect(lastCall('PUT')?.body).toMatchObject({ secret: { appSecret: 'the app secret' } });
    expect(part.get('input').element.value).toBe('');
  });

  it('says at the field why a secret was refused, and keeps it', async () => {
    const errors = [{ path: 'secret', message: 'The stored secret is not hex.' }];
    vi.stubGlobal('fetch', async () =>
      Response.json({ title: 'Invalid', status: 422, errors }, { status: 422 }),
    );
    const part = show(EndpointSignature, endpoint, meta);
    await part.get('input').setValue('no key');
    await part.get('form').trigger('submit');
    await flushPromises();
    expect(part.text()).toContain('The stored secret is not hex.');
    expect(part.get('input').element.value).toBe('no key');
  });

  it('says that nothing is checked where no sender was chosen', () => {
    const any = { ...meta, id: 'any', secretFields: [] };
    expect(show(EndpointSignature, anEndpoint(), any).text()).toContain('Anybody who knows the URL');
  });
});

describe('a sample event', () => {
  const endpoint = anEndpoint({ sender: 'meta' });
  beforeEach(() => {
    answers['GET /senders/meta'] = () => ({ ...meta, samples: [sample] });
    answers[`POST /endpoints/${endpoint.id}/test`] = () => ({ eventId: endpoint.id });
    answers[`POST /endpoints/${endpoint.id}/snippets`] = () => snippets;
  });
  const buttonOf = (part: ReturnType<typeof show>, text: string) =>
    part.findAll('button').find((button) => button.text() === text);

  it('is sent by its name, and edited with what was edited', async () => {
    const part = show(EndpointTest, endpoint, meta);
    await flushPromises();
    await buttonOf(part, 'Send sample event')?.trigger('click');
    await flushPromises();
    expect(calls.findLast(({ path }) => path.endsWith('/test'))?.body).toEqual({ sample: 'messages' });
    await buttonOf(part, 'Edit body and headers')?.trigger('click');
    await part.get('textarea').setValue('{"object":"user"}');
    await buttonOf(part, 'Send sample event')?.trigger('click');
    await flushPromises();
    const edited = { sample: 'messages', body: '{"object":"user"}' };
    expect(calls.findLast(({ path }) => path.endsWith('/test'))?.body).toEqual(edited);
  });

  it('names a line that is no header, and sends nothing', async () => {
    const part = show(EndpointTest, endpoint, meta);
    await flushPromises();
    await buttonOf(part, 'Edit body and headers')?.trigger('click');
    await part.findAll('textarea')[1]?.setValue('not a header');
    expect(part.text()).toContain('“not a header” is no header');
    expect(buttonOf(part, 'Send sample event')?.attributes('disabled')).toBeDefined();
  });

  it('is copied as a program in three languages, with the variable of the secret named', async () => {
    const part = show(EndpointTest, endpoint, meta);
    await vi.waitFor(() => expect(part.text()).toContain('SIGNING_SECRET'));
    const labels = part.findAll('button').map((button) => button.text());
    expect(labels).toEqual(expect.arrayContaining(['Copy curl', 'Copy as Node.js', 'Copy as Python']));
  });
});

describe('a proposed sender', () => {
  it('is taken with one click', async () => {
    const endpoint = anEndpoint();
    answers[`GET /endpoints/${endpoint.id}/proposal`] = () => ({
      proposal: {
        sender: 'meta',
        name: 'Meta',
        confidence: 'medium',
        why: ['header x-hub-signature-256'],
        check: 'HMAC-SHA256',
        duplicateKey: [],
        types: ['messages'],
      },
    });
    answers[`PUT /endpoints/${endpoint.id}`] = () => ({ ...endpoint, sender: 'meta' });
    const part = show(SenderProposal, endpoint, undefined);
    await vi.waitFor(() => expect(part.text()).toContain('This may be Meta.'));
    await part.get('button').trigger('click');
    await flushPromises();
    expect(lastCall('PUT')?.body).toMatchObject({ sender: 'meta' });
  });
});

describe('protection', () => {
  it('shows what the preset tells duplicates by, and never leaves an endpoint without a method', async () => {
    const part = show(EndpointProtection, anEndpoint(), { ...meta, eventId: { from: ['JSON field id'] } });
    await part.get('button').trigger('click');
    expect(part.get('input').attributes('placeholder')).toBe('JSON field id');
    const post = part.findAll('label').find((label) => label.text() === 'POST');
    await post?.get('input').trigger('change');
    expect(calls).toEqual([]);
  });
});

describe('the URL', () => {
  it('comes with the steps that the catalogue knows', async () => {
    const part = show(EndpointUrl, anEndpoint({ sender: 'meta' }), meta);
    expect(part.get('code').text()).toBe(anEndpoint().url);
    await part.findAll('button').at(-1)?.trigger('click');
    expect(part.findAll('li').map((step) => step.text())).toEqual([
      'Copy the URL above.',
      'Webhooks of the app: paste the URL.',
      'Paste the signing secret of Meta below, so that every request is verified.',
      'Let Meta send something: it appears in the list below within a second.',
    ]);
  });
});
