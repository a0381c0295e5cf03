import type { ApiKeyView, EventDetail, RunDetail, RunStatus } from '@hookloom/contracts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { z } from 'zod';
import { idAt, iso } from './sample-ids.js';
import { anEvent, summaryOf } from './sample-events.js';
import { aRun } from './sample-runs.js';
import {
  activityOf,
  connections,
  endpoints,
  senders,
  stepTypes,
  versionsOf,
  workflows,
} from './sample-workflows.js';

/**
 * A server in memory that answers like the API, for work on the screens without a database. What it shows is
 * chosen by the e-mail that signs in: `empty@…` an empty project, `slow@…` answers after 7 s, `broken@…` fails.
 * With `HOOKLOOM_STAND_IN=setup` nobody owns the server yet; its set-up token is `first`.
 */
const NEW_EVENT_MS = 12_000;
const RUN_STATUSES: readonly RunStatus[] = [
  'running',
  'failed',
  'waiting',
  'succeeded',
  'succeeded',
  'queued',
  'succeeded',
  'skipped',
  'succeeded',
];

const Body = z.record(z.string(), z.string());

interface State {
  setupOpen: boolean;
  events: EventDetail[];
  runs: RunDetail[];
  keys: ApiKeyView[];
  listeners: Set<ServerResponse>;
}

const state: State = {
  setupOpen: process.env['HOOKLOOM_STAND_IN'] === 'setup',
  events: [],
  runs: [],
  keys: [
    {
      id: idAt(1, 1),
      name: 'Nightly export',
      scopes: ['read'],
      createdAt: iso(Date.now() - 9e8),
      lastUsedAt: iso(Date.now() - 4e6),
    },
  ],
  listeners: new Set(),
};

function happen(time: number, at: number): void {
  const event = anEvent(time, at);
  state.events.unshift(event);
  const first = state.events.find(({ type, status }) => type === event.type && status === 'accepted');
  if (event.status === 'duplicate' && first) event.duplicateOf = first.id;
  if (event.status !== 'accepted') return;
  const [workflow] = workflows;
  const isRecent = time > Date.now() - 900_000 || at % 4 === 1;
  const status = isRecent
    ? (RUN_STATUSES[state.runs.length % RUN_STATUSES.length] ?? 'succeeded')
    : 'succeeded';
  if (!workflow) return;
  const runs = at % 8 === 4 ? [workflow, workflows[1] ?? workflow] : [workflow];
  for (const [index, each] of runs.entries()) {
    const run = aRun(each, event, status, at * 2 + index);
    state.runs.unshift(run);
    event.runs.push({ id: run.id, workflowId: run.workflowId, kind: run.kind, status: run.status });
  }
}

for (let at = 240; at >= 0; at--) happen(Date.now() - 8_000 - at * at * 900 - at * 20_000, at);
let count = 241;
setInterval(() => {
  happen(Date.now(), count++);
  for (const listener of state.listeners) listener.write('event: event\ndata: {}\n\n');
}, NEW_EVENT_MS).unref();

function page<T extends { id?: string }>(items: readonly T[], { url, email }: Call): unknown {
  const all = email?.startsWith('empty') === true ? [] : items;
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const cursor = url.searchParams.get('cursor');
  const start = cursor === null ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
  const part = all.slice(start, start + limit);
  return { items: part, nextCursor: start + limit < all.length ? (part.at(-1)?.id ?? null) : null };
}

function fits({ url }: Call, values: Record<string, string | undefined>, text: unknown): boolean {
  const q = url.searchParams.get('q') ?? '';
  const isEqual = Object.entries(values).every(([name, value]) =>
    ['', value].includes(url.searchParams.get(name) ?? ''),
  );
  return isEqual && JSON.stringify(text).includes(q);
}

type Answer = { status: number; body?: unknown; signIn?: string };
const ok = (body: unknown): Answer => ({ status: 200, body });
const found = (body: unknown): Answer =>
  body === undefined ? problem(404, 'Not found', 'There is nothing of this id in your project.') : ok(body);
const problem = (status: number, title: string, detail: string): Answer => ({
  status,
  body: { title, status, detail },
});

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly body: Record<string, string>;
  readonly email: string | undefined;
}

function answer(call: Call): Answer {
  const { method, url, body, email } = call;
  const [, , , kind = '', id = '', more = ''] = url.pathname.split('/');
  const user = { id: idAt(5, 5), email: email ?? '', name: 'Ana Duarte', role: 'owner' };
  if (kind === 'session') return ok({ user: email === undefined ? null : user, setupOpen: state.setupOpen });
  if (kind === 'setup') {
    if (body['token'] !== 'first')
      return problem(403, 'Forbidden', 'This is not the token of the printed link.');
    state.setupOpen = false;
    return { status: 201, body: { user, setupOpen: false }, signIn: body['email'] ?? '' };
  }
  if (kind === 'auth' && id === 'login') {
    if (body['password'] === 'wrong') return problem(401, 'Not signed in', 'Email or password is wrong.');
    return { ...ok({ user, setupOpen: false }), signIn: body['email'] ?? '' };
  }
  if (kind === 'auth') {
    return { status: 204, signIn: '' };
  }
  if (email === undefined) return problem(401, 'Not signed in', 'Sign in first.');
  if (email.startsWith('broken'))
    return problem(
      500,
      'Something went wrong',
      'The database does not answer. Look at the log of the server.',
    );
  if (kind === 'api-keys' && method === 'POST') {
    state.keys.unshift({
      id: idAt(Date.now(), state.keys.length),
      name: body['name'] ?? '',
      scopes: ['read', 'run', 'edit', 'admin'],
      createdAt: iso(Date.now()),
      lastUsedAt: iso(Date.now()),
    });
    return { status: 201, body: { id: state.keys[0]?.id, key: 'hl_4Vt9kQ2mX7cWb1sLz8RdYp3NfGhJ6uTe' } };
  }
  if (kind === 'api-keys' && method === 'DELETE') {
    state.keys = state.keys.filter((key) => key.id !== id);
    return { status: 204 };
  }
  const workflow = workflows.find((each) => each.id === id);
  switch (kind) {
    case 'server':
      return ok({ publicUrl: 'http://localhost:3210' });
    case 'workflows':
      if (id === 'activity') return ok({ items: workflows.map(activityOf), nextCursor: null });
      if (id === '')
        return ok(
          page(
            workflows.map(({ definition: _d, problems: _p, ...summary }) => summary),
            call,
          ),
        );
      return more === 'versions' && workflow
        ? ok({ items: versionsOf(workflow), nextCursor: null })
        : found(workflow);
    case 'endpoints':
      return ok(page(endpoints, call));
    case 'connections':
      return ok(page(connections, call));
    case 'api-keys':
      return ok(page(state.keys, call));
    case 'step-types':
      return ok({ items: stepTypes, nextCursor: null });
    case 'senders':
      return ok({ items: senders, nextCursor: null });
    case 'events':
      if (id !== '') return found(state.events.find((event) => event.id === id));
      return ok(
        page(
          state.events
            .filter((event) =>
              fits(call, { status: event.status, endpointId: event.endpointId, type: event.type }, event),
            )
            .map(summaryOf),
          call,
        ),
      );
    case 'runs':
      if (id !== '') return found(state.runs.find((run) => run.id === id));
      return ok(
        page(
          state.runs
            .filter((run) =>
              fits(call, { status: run.status, workflowId: run.workflowId, kind: run.kind }, run),
            )
            .map(({ steps: _steps, ...summary }) => summary),
          call,
        ),
      );
    default:
      return problem(404, 'Not found', 'There is no such call.');
  }
}

/** Who is signed in is kept in a cookie, as the e-mail itself. */
const COOKIE = 'stand-in';

/** Answers one request below `/api`. */
export async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.endsWith('/stream')) {
    response
      .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      .write(': open\n\n');
    state.listeners.add(response);
    response.on('close', () => state.listeners.delete(response));
    return;
  }
  if (url.pathname.endsWith('/raw')) {
    const event = state.events.find(({ id }) => url.pathname.includes(id));
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(JSON.stringify(event?.body));
    return;
  }
  const text = await readText(request);
  const cookie = new RegExp(`${COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1];
  const email = cookie === undefined ? undefined : decodeURIComponent(cookie);
  const isSlow = email?.startsWith('slow') === true && !/session|auth/.test(url.pathname);
  if (isSlow) await new Promise((resolve) => setTimeout(resolve, 7_000));
  const { status, body, signIn } = answer({
    method: request.method ?? 'GET',
    url,
    email,
    body: text === '' ? {} : Body.parse(JSON.parse(text)),
  });
  if (signIn !== undefined) {
    const age = signIn === '' ? 'Max-Age=0' : 'HttpOnly';
    response.setHeader('set-cookie', `${COOKIE}=${encodeURIComponent(signIn)}; Path=/; SameSite=Lax; ${age}`);
  }
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
