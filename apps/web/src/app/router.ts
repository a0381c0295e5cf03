import type { QueryClient } from '@tanstack/vue-query';
import { createRouter, createWebHistory } from 'vue-router';
import { noteSilence } from '../api/connectivity.js';
import { guard } from './guard.js';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown alone, without the frame. */
    bare?: boolean;
  }
}

const routes = [
  { path: '/', redirect: '/workflows' },
  {
    path: '/setup',
    name: 'setup',
    meta: { bare: true },
    component: () => import('../features/setup/SetupPage.vue'),
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    meta: { bare: true },
    component: () => import('../features/session/SignInPage.vue'),
  },
  { path: '/start', name: 'start', component: () => import('../features/setup/StartPage.vue') },
  {
    path: '/workflows',
    name: 'workflows',
    component: () => import('../features/workflows/WorkflowsPage.vue'),
  },
  {
    path: '/workflows/:id',
    name: 'workflow',
    component: () => import('../features/workflows/WorkflowPage.vue'),
    props: true,
  },
  {
    path: '/workflows/:id/edit',
    name: 'edit',
    component: () => import('../features/editor/page/EditorPage.vue'),
    props: true,
  },
  {
    path: '/templates',
    name: 'templates',
    component: () => import('../features/templates/TemplatesPage.vue'),
  },
  {
    path: '/templates/:slug',
    name: 'template',
    component: () => import('../features/templates/TemplatePage.vue'),
    props: true,
  },
  {
    path: '/events/:id?',
    name: 'events',
    component: () => import('../features/events/EventsPage.vue'),
    props: true,
  },
  {
    path: '/endpoints',
    name: 'endpoints',
    component: () => import('../features/endpoints/EndpointsPage.vue'),
  },
  {
    path: '/endpoints/:id',
    name: 'endpoint',
    component: () => import('../features/endpoints/EndpointPage.vue'),
    props: true,
  },
  { path: '/runs', name: 'runs', component: () => import('../features/runs/RunsPage.vue') },
  { path: '/runs/:id', name: 'run', component: () => import('../features/runs/RunPage.vue'), props: true },
  {
    path: '/connections',
    name: 'connections',
    component: () => import('../features/connections/ConnectionsPage.vue'),
  },
  { path: '/settings', name: 'settings', component: () => import('../features/settings/SettingsPage.vue') },
  {
    path: '/settings/storage',
    name: 'storage',
    component: () => import('../features/storage/StoragePage.vue'),
  },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFoundPage.vue') },
];

/** The app's addresses; every one but the entrances asks for a login. */
export function createAppRouter(client: QueryClient) {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? false,
  });
  router.beforeEach(async (to) => {
    try {
      return await guard(client, to);
    } catch {
      // Without an answer nobody knows who is here; the frame says so and tries again.
      noteSilence();
      return false;
    }
  });
  return router;
}
