import { createHash } from 'node:crypto';
import { ROLES } from '@hookloom/contracts';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';
import type { RegisteredRoute } from '../http/route-table.js';
import { guardAllRoutes } from './access.hook.js';

const EDITING = ['read', 'execute', 'edit'];
const ALL = ['read', 'execute', 'edit', 'connections', 'admin'];
/** Written out here on purpose, apart from the code that decides. */
const MAY: Record<string, string[]> = {
  viewer: ['read'],
  operator: ['read', 'execute'],
  editor: EDITING,
  admin: ALL,
  owner: ALL,
  'key of the owner: read': ['read'],
  'key of the owner: run': ['read', 'execute'],
  'key of the owner: edit': ['read', 'edit'],
  'key of the owner: run, edit': EDITING,
  'key of the owner: admin': ALL,
  'key of a viewer: admin': ['read'],
  nobody: [],
  'a key that never was': [],
};
const STRANGERS = ['nobody', 'a key that never was'];
const SOME_ID = '01900000-0000-7000-8000-000000000000';

let api: ApiUnderTest;
const credentials = new Map<string, Record<string, string>>();

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const users = new Map<string, string>();
  for (const role of ROLES) users.set(role, await givenUser(role));
  for (const who of Object.keys(MAY)) credentials.set(who, await credentialsOf(who, users));
});
afterAll(() => api.close());

async function givenUser(role: string): Promise<string> {
  const { pools } = api.parts;
  if (role === 'owner') {
    const { rows } = await pools.ui.query(`select user_id from membership where role = 'owner'`);
    return rows[0].user_id;
  }
  const { rows } = await pools.ui.query(
    `with u as (insert into app_user (email, name, password_hash) values ($1, '', '') returning id)
     insert into membership (project_id, user_id, role) select p.id, u.id, $2 from u, project p returning user_id`,
    [`${role}@example.com`, role],
  );
  return rows[0].user_id;
}

async function credentialsOf(who: string, users: Map<string, string>): Promise<Record<string, string>> {
  if (who === 'nobody') return {};
  const token = `hl_${createHash('sha256').update(who).digest('hex')}`;
  if (who === 'a key that never was') return { authorization: `Bearer ${token}` };
  const hash = createHash('sha256').update(token).digest();
  const [, role = who, scopes] = /^key of (?:the|a) (\w+): (.*)$/.exec(who) ?? [];
  const user = users.get(role);
  if (scopes === undefined) {
    const sql = `insert into session (token_hash, user_id, expires_at) values ($1, $2, now() + interval '1 hour')`;
    await api.parts.pools.ui.query(sql, [hash, user]);
    return { cookie: `hookloom_session=${token}` };
  }
  const sql = `insert into api_key (project_id, user_id, name, key_hash, scopes) select id, $1, '', $2, $3 from project`;
  await api.parts.pools.ui.query(sql, [user, hash, scopes.split(', ')]);
  return { authorization: `Bearer ${token}` };
}

function expectedOf(route: RegisteredRoute, who: string): 'let in' | 401 | 403 {
  const access = route.operation?.access;
  if (access === undefined) return 403;
  if (access === 'public') return 'let in';
  if (STRANGERS.includes(who)) return 401;
  return access === 'signed-in' || MAY[who]?.includes(access) ? 'let in' : 403;
}

const isStream = (route: RegisteredRoute) => route.operation?.produces === 'text/event-stream';
const isTrigger = (route: RegisteredRoute) => route.url.startsWith('/hooks/');

describe('every route of the server', () => {
  it('declares who may call it', () => {
    const silent = api.parts.routes.routes.filter((route) => route.operation === undefined);
    expect(silent).toEqual([]);
    expect(api.parts.routes.routes.length).toBeGreaterThan(60);
  });

  it('asks for more than reading where it changes something', () => {
    const careless = api.parts.routes.routes.filter(
      ({ method, operation }) => !['GET', 'HEAD', 'OPTIONS'].includes(method) && operation?.access === 'read',
    );
    expect(careless).toEqual([]);
  });

  it('is public only where it must be', () => {
    const open = api.parts.routes.routes.filter(
      (route) => route.operation?.access === 'public' && route.method !== 'HEAD' && !isTrigger(route),
    );
    expect(open.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual([
      'GET /*',
      'GET /api/docs',
      'GET /api/docs/docs.css',
      'GET /api/docs/docs.js',
      'GET /api/v1/openapi.json',
      'GET /api/v1/session',
      'GET /approve/:token',
      'GET /forms/:token',
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'GET /resume/:token',
      'PATCH /resume/:token',
      'POST /api/v1/auth/login',
      'POST /api/v1/auth/logout',
      'POST /api/v1/setup',
      'POST /approve/:token',
      'POST /forms/:token',
      'POST /resume/:token',
      'PUT /resume/:token',
    ]);
  });

  it.each(Object.keys(MAY))('lets in or refuses as declared: %s', async (who) => {
    const wrong: string[] = [];
    for (const route of api.parts.routes.routes) {
      const expected = expectedOf(route, who);
      if (isTrigger(route) || (isStream(route) && expected === 'let in') || route.url.endsWith('auth/logout'))
        continue;
      const url = route.url.replace(/:\w+/g, SOME_ID);
      const { statusCode } = await api.app.inject({
        method: route.method as 'GET',
        url,
        headers: credentials.get(who) ?? {},
      });
      const found = statusCode === 401 || statusCode === 403 ? statusCode : 'let in';
      if (found !== expected) wrong.push(`${route.method} ${route.url}: ${found} instead of ${expected}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('a route that declares nothing', () => {
  it('answers 403 even to the owner', async () => {
    const server = fastify();
    const owner = { role: 'owner', via: { kind: 'session' } } as never;
    guardAllRoutes(server, {
      principals: { find: async () => owner },
      isSetupOpen: async () => false,
      publicUrl: 'http://localhost',
    });
    server.get('/forgotten', async () => 'secret');
    server.setErrorHandler((error: { status?: number }, _request, reply) =>
      reply.code(error.status ?? 500).send(),
    );
    expect((await server.inject('/forgotten')).statusCode).toBe(403);
    await server.close();
  });
});
