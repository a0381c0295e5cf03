import type { RunSummary } from '@hookloom/contracts';
import { mount } from '@vue/test-utils';
import { TooltipProvider } from 'reka-ui';
import { h } from 'vue';
import { describe, expect, it } from 'vitest';
import { createI18n } from 'vue-i18n';
import { createMemoryHistory, createRouter } from 'vue-router';
import { en } from '../../app/messages.js';
import RunsTable from './RunsTable.vue';

const WORKFLOW = '0190a000-0000-7000-8000-000000000001';
const aRun = (end: string, more: Partial<RunSummary> = {}): RunSummary => ({
  id: `0190a000-0000-7000-8000-${end.padStart(12, '0')}`,
  workflowId: WORKFLOW,
  version: 7,
  kind: 'event',
  status: 'failed',
  createdAt: '2026-01-01T10:00:00.000Z',
  startedAt: '2026-01-01T10:00:00.000Z',
  finishedAt: '2026-01-01T10:00:14.400Z',
  ...more,
});
const failure = (stepId: string, message: string) => ({ code: 'http_status', message, stepId });

async function aTable(runs: readonly RunSummary[]) {
  const page = { template: '<p />' };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/runs', name: 'runs', component: page },
      { path: '/runs/:id', name: 'run', component: page },
      { path: '/events/:id', name: 'events', component: page },
    ],
  });
  await router.push('/runs?kind=event');
  const rows = () => h(RunsTable, { runs, workflows: new Map() });
  const table = mount(() => h(TooltipProvider, rows), {
    global: { plugins: [router, createI18n({ legacy: false, locale: 'en', messages: { en } })] },
  });
  return table.findAll('tbody tr');
}

describe('a row of the run list', () => {
  it('tells where and why a run failed, so that two causes are told apart', async () => {
    const rows = await aTable([
      aRun('1', { error: failure('notify', 'Slack answered 429.'), attempt: 8 }),
      aRun('2', { error: failure('create', 'orders.example.com answered 503.'), attempt: 1 }),
    ]);
    expect(rows.map((row) => row.findAll('td')[6]?.text())).toEqual([
      'notifySlack answered 429.',
      'createorders.example.com answered 503.',
    ]);
  });

  it('tells progress, length, version, attempts and kind', async () => {
    const [row] = await aTable([aRun('1', { progress: { done: 3, total: 5 }, attempt: 4, kind: 'replay' })]);
    for (const text of ['Failed', '14.4 s', '3/5', 'v7', '4', 'Replay']) expect(row?.text()).toContain(text);
  });

  it('narrows the list to its step or its version, and keeps the other filters', async () => {
    const [row] = await aTable([aRun('1', { error: failure('notify', 'Slack answered 429.') })]);
    const links = row?.findAll('a').map((link) => link.attributes('href'));
    expect(links).toContain('/runs?kind=event&step=notify');
    expect(links).toContain(`/runs?kind=event&workflow=${WORKFLOW}&version=7`);
  });

  it('says when a waiting run goes on', async () => {
    const [row] = await aTable([
      aRun('1', { status: 'waiting', finishedAt: null, resumesAt: '2026-01-04T10:00:00.000Z' }),
    ]);
    expect(row?.find('time[datetime="2026-01-04T10:00:00.000Z"]').exists()).toBe(true);
    expect(row?.text()).toContain('Goes on');
  });
});
