import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { i18n } from '../../app/i18n.js';
import TemplatesPage from './TemplatesPage.vue';

const card = {
  summary: 'Does something.',
  keywords: [],
  category: 'Payments',
  sender: 'stripe',
  destinations: [{ name: 'Slack', stepType: 'slack' }],
  minutes: 3,
  connections: [],
  steps: [{ type: 'slack', name: 'Post' }],
};
const account = { id: 'slack', name: 'Team Slack', types: ['slack.webhook'], steps: ['post'], help: 'Ask.' };
const sender = {
  category: 'payments',
  confidence: 'vendor',
  confidenceNote: '',
  schemes: [],
  secretFields: [],
  eventId: { from: [] },
  setup: '',
  samples: [],
};
const ANSWERS: Record<string, unknown> = {
  '/api/v1/templates': {
    items: [
      { ...card, slug: 'failed', title: 'Failed payments', connections: [account] },
      { ...card, slug: 'push', title: 'Pushes', sender: 'github', category: 'Dev/CI' },
    ],
    nextCursor: null,
  },
  '/api/v1/senders': {
    items: [
      { ...sender, id: 'stripe', name: 'Stripe' },
      { ...sender, id: 'github', name: 'GitHub' },
    ],
  },
  '/api/v1/step-types': { items: [{ type: 'slack', title: 'Post to Slack', kind: 'send', icon: 'slack' }] },
};

async function open(address: string) {
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(new Response(JSON.stringify(ANSWERS[url]), { status: 200 })),
  );
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/templates', name: 'templates', component: TemplatesPage },
      { path: '/templates/:slug', name: 'template', component: TemplatesPage },
    ],
  });
  await router.push(address);
  const plugins = [i18n, router, [VueQueryPlugin, { queryClient: new QueryClient() }]] as never[];
  const page = mount(TemplatesPage, { global: { plugins } });
  await flushPromises();
  await vi.waitFor(() => expect(page.find('[aria-live]').exists()).toBe(true));
  return { page, router, titles: () => page.findAll('h2').map((title) => title.text()) };
}
afterEach(() => vi.unstubAllGlobals());

describe('the gallery', () => {
  it('shows every template as a card that is one link', async () => {
    const { page, titles } = await open('/templates');
    expect(titles()).toEqual(['Failed payments', 'Pushes']);
    expect(page.find('article a').attributes('href')).toBe('/templates/failed');
    expect(page.find('[role=img]').attributes('aria-label')).toBe('From Stripe to Slack');
    expect(page.findAll('article').map((each) => each.text())).toEqual([
      expect.stringContaining('Team Slack'),
      expect.stringContaining('No accounts needed'),
    ]);
  });

  it('reads its filters from the address', async () => {
    expect((await open('/templates?q=github')).titles()).toEqual(['Pushes']);
    expect((await open('/templates?category=Payments')).titles()).toEqual(['Failed payments']);
    expect((await open('/templates?accounts=none')).titles()).toEqual(['Pushes']);
  });

  it('writes them there', async () => {
    const { page, router } = await open('/templates');
    await page.find('input[type=checkbox]').setValue(true);
    await flushPromises();
    expect(router.currentRoute.value.query).toEqual({ accounts: 'none' });
    const category = page.findAll('[aria-pressed]').find((each) => each.text() === 'Dev/CI');
    await category?.trigger('click');
    await flushPromises();
    expect(router.currentRoute.value.query).toEqual({ accounts: 'none', category: 'Dev/CI' });
  });

  it('says which filter to drop where nothing fits', async () => {
    const { page, titles } = await open('/templates?q=github&category=Payments');
    expect(titles()).toEqual(['No template fits']);
    const drops = page.findAll('.drops button');
    expect(drops.map((each) => each.text())).toEqual(['Drop “github”', 'Drop Payments']);
    await drops[1]?.trigger('click');
    await flushPromises();
    expect(titles()).toEqual(['Pushes']);
  });
});
