import { QueryClient } from '@tanstack/vue-query';
import { describe, expect, it } from 'vitest';
import { createRouter, createMemoryHistory } from 'vue-router';
import { sessionQuery } from '../features/session/session-query.js';
import { guard } from './guard.js';

const router = createRouter({
  history: createMemoryHistory(),
  routes: ['setup', 'sign-in', 'workflows', 'runs'].map((name) => ({
    path: `/${name}`,
    name,
    component: {},
  })),
});
const USER = {
  id: '019ab000-0000-7000-8000-000000000001',
  email: 'ana@example.com',
  name: 'Ana',
  role: 'owner',
} as const;

function visit(path: string, session: { user: typeof USER | null; setupOpen: boolean }) {
  const client = new QueryClient();
  client.setQueryData(sessionQuery.queryKey, session);
  return guard(client, router.resolve(path));
}

describe('guard', () => {
  it('leads everybody to set-up, token and all, while nobody owns the server', async () => {
    const session = { user: null, setupOpen: true };
    expect(await visit('/runs', session)).toMatchObject({ name: 'setup' });
    expect(await visit('/setup?token=x', session)).toBe(true);
  });
  it('asks for a login and remembers the way', async () => {
    const session = { user: null, setupOpen: false };
    expect(await visit('/runs?status=failed', session)).toEqual({
      name: 'sign-in',
      query: { next: '/runs?status=failed' },
    });
    expect(await visit('/setup?token=x', session)).toEqual({ name: 'sign-in', query: { from: 'setup' } });
  });
  it('lets people in, and past the entrances', async () => {
    const session = { user: USER, setupOpen: false };
    expect(await visit('/runs', session)).toBe(true);
    expect(await visit('/sign-in?next=/runs', session)).toBe('/runs');
  });
});
