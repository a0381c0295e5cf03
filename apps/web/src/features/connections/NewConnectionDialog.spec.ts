import { VueQueryPlugin } from '@tanstack/vue-query';
import { DOMWrapper, flushPromises, mount } from '@vue/test-utils';
import { TooltipProvider } from 'reka-ui';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { h } from 'vue';
import { i18n } from '../../app/i18n.js';
import NewConnectionDialog from './NewConnectionDialog.vue';

const at = '2026-11-22T10:00:00.000Z';
const stored = {
  id: '0190b3f0-0000-7000-8000-000000000001',
  key: 'crm',
  name: 'CRM',
  type: 'http.bearer',
  status: 'untested',
  checkedAt: null,
  checkMessage: null,
  lastUsedAt: null,
  usedBy: 0,
  createdBy: 'ana@example.com',
  createdAt: at,
  updatedAt: at,
};
const token = { type: 'string', title: 'Token', secret: true };
const bearer = {
  type: 'http.bearer',
  title: 'HTTP, bearer token',
  description: 'Sent as Authorization: Bearer.',
  dataSchema: { properties: { token }, required: ['token'] },
};
const smtp = {
  type: 'smtp',
  title: 'E-mail server',
  description: '',
  dataSchema: { properties: { host: { type: 'string', title: 'Host' } }, required: ['host'] },
};

/** What was sent, newest last: method, path and body. */
let sent: [string, string, unknown][] = [];
let refusal: object | undefined;

function answer(path: string, method: string): Response {
  if (path.endsWith('/connection-types')) return Response.json({ items: [bearer, smtp], nextCursor: null });
  if (method === 'GET') return Response.json({ items: [stored], nextCursor: null });
  const type = { 'content-type': 'application/problem+json' };
  return refusal
    ? Response.json(refusal, { status: 422, headers: type })
    : Response.json(stored, { status: 201 });
}

beforeEach(() => {
  sent = [];
  refusal = undefined;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const method = init.method ?? 'GET';
    const path = url.split('?')[0] ?? '';
    if (method !== 'GET') sent.push([method, path, JSON.parse(String(init.body))]);
    return answer(path, method);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open(props: InstanceType<typeof NewConnectionDialog>['$props'] = {}) {
  const frame = mount(TooltipProvider, {
    slots: { default: () => h(NewConnectionDialog, props) },
    global: { plugins: [VueQueryPlugin, i18n] },
  });
  const dialog = frame.getComponent(NewConnectionDialog);
  await flushPromises();
  const page = new DOMWrapper(document.body);
  const field = (label: string) => {
    const found = page.findAll('label').find((each) => each.text() === label);
    return page.get(`[id="${found?.attributes('for')}"]`);
  };
  const save = async () => {
    await page.get('form').trigger('submit');
    await flushPromises();
  };
  return { dialog, page, field, save };
}

describe('a new connection', () => {
  it('of the only fitting type needs no choice, and is given out once stored', async () => {
    const { dialog, field, save } = await open({ types: ['http.bearer'] });
    await field('Name').setValue('CRM');
    expect(field('Token').attributes('type')).toBe('password');
    await field('Token').setValue('secret-token');
    await save();
    const body = { name: 'CRM', type: 'http.bearer', data: { token: 'secret-token' } };
    expect(sent).toEqual([['POST', '/api/v1/connections', body]]);
    expect(dialog.emitted('saved')).toEqual([[stored]]);
  });

  it('is called after its app until somebody says otherwise', async () => {
    const { field } = await open();
    const name = () => field('Name').element;
    await field('App').setValue('smtp');
    expect(name()).toHaveProperty('value', 'E-mail server');
    await field('App').setValue('http.bearer');
    expect(name()).toHaveProperty('value', 'HTTP, bearer token');
    await field('Name').setValue('CRM');
    await field('App').setValue('smtp');
    expect(name()).toHaveProperty('value', 'CRM');
  });

  it('shows what the server refuses below its field, and stays', async () => {
    refusal = {
      title: 'Invalid input',
      status: 422,
      errors: [{ path: 'data.token', message: 'A line break is inside.' }],
    };
    const { dialog, page, field, save } = await open({ types: ['http.bearer'] });
    await field('Name').setValue('CRM');
    await save();
    expect(field('Token').attributes('aria-invalid')).toBe('true');
    expect(page.text()).toContain('A line break is inside.');
    expect(dialog.emitted('saved')).toBeUndefined();
  });
});

describe('a connection that is edited', () => {
  it('keeps what was left empty', async () => {
    const { field, save } = await open({ edited: stored as never });
    await field('Name').setValue('Our CRM');
    await save();
    expect(sent).toEqual([['PATCH', `/api/v1/connections/${stored.id}`, { name: 'Our CRM' }]]);
  });
});
