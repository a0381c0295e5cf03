import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EndpointSettings, type EndpointSecret } from '@hookloom/contracts';
import { createEvaluatorPool, type EvaluatorPool } from '@hookloom/expressions';
import {
  AcceptWriter,
  DatabaseClock,
  EndpointLookup,
  HeldEvents,
  SecretBox,
  createDataSource,
  createPools,
  createStore,
  hashToken,
  type Pools,
  type Store,
} from '@hookloom/persistence';
import { createLogger, createMetrics, type Metrics } from '@hookloom/server-kit';
import { startTestDatabase } from '@hookloom/testing/database';
import { fastify } from 'fastify';
import type { z } from 'zod';
import { createIngress, type IngressDeps } from '../src/ingress/create-ingress.js';
import { HeldRequests } from '../src/ingress/held-requests.js';
import { StoredHandshakeEffects } from '../src/ingress/handshake-effects.js';
import { registerIngress } from '../src/ingress/ingress.route.js';
import { PoolBodyChecks } from '../src/ingress/pool-body-checks.js';
import { createSenderKeys } from '../src/ingress/sender-keys/create-sender-keys.js';

/** Trigger URLs on a real port over a real database, with nothing else of the api. */
export interface TriggerServer {
  readonly pools: Pools;
  readonly store: Store;
  readonly projectId: string;
  readonly port: number;
  readonly url: string;
  readonly metrics: Metrics;
  readonly box: SecretBox;
  readonly evaluator: EvaluatorPool;
  /** Ids of runs that were rung for. */
  readonly rung: string[];
  readonly logged: string[];
  anEndpoint(options?: EndpointOptions): Promise<TestEndpoint>;
  rows(sql: string, values?: unknown[]): Promise<Record<string, any>[]>;
  close(): Promise<void>;
}

export interface EndpointOptions {
  readonly settings?: z.input<typeof EndpointSettings>;
  readonly secret?: EndpointSecret;
  /** Live workflows that start from it; one if left out. */
  readonly routes?: readonly { readonly paused: boolean }[];
}

export interface TestEndpoint {
  readonly id: string;
  readonly token: string;
  readonly url: string;
}

export async function startTriggerServer(overrides: Partial<IngressDeps> = {}): Promise<TriggerServer> {
  const database = await startTestDatabase();
  const pools = createPools(database.url);
  const source = await createDataSource(database.url).initialize();
  const store = createStore(source);
  const box = new SecretBox(randomBytes(32).toString('base64'));
  const clock = new DatabaseClock(pools.aside);
  await clock.start();
  const writer = new AcceptWriter(pools);
  const offline = { send: () => Promise.reject(new Error('no network here')) };
  const evaluator = createEvaluatorPool();
  const metrics = createMetrics();
  const rung: string[] = [];
  const logged: string[] = [];
  const publicUrl = 'http://hooks.example.test';
  const heldEvents = new HeldEvents(pools.aside);
  const ingress = createIngress({
    lookup: new EndpointLookup(pools.aside, box),
    writer,
    clock,
    checks: new PoolBodyChecks(evaluator),
    listener: { ring: (ids) => rung.push(...ids), announce: () => undefined },
    keys: createSenderKeys(offline, () => undefined),
    effects: new StoredHandshakeEffects({ store, secretBox: box, http: offline }),
    metrics,
    publicUrl,
    processes: () => 1,
    held: new HeldRequests({
      load: (events) => heldEvents.load(events),
      note: () => undefined,
      onTrouble: () => undefined,
    }),
    ...overrides,
  });
  const server = fastify({ routerOptions: { maxParamLength: 256 } });
  const destination = { write: (line: string) => void logged.push(line) };
  registerIngress(
    server,
    ingress,
    createLogger({ level: 'info', role: 'api', destination, readable: false }),
  );
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const rows = async (sql: string, values: unknown[] = []) => (await pools.ui.query(sql, values)).rows;
  const projectId: string = (await rows('select id from project'))[0]!['id'];

  return {
    pools,
    store,
    projectId,
    port,
    url,
    metrics,
    box,
    evaluator,
    rung,
    logged,
    rows,
    async anEndpoint({ settings = {}, secret, routes = [{ paused: false }] } = {}) {
      const key = `e-${randomBytes(6).toString('hex')}`;
      const [{ id }] = (await rows(
        `insert into endpoint (project_id, key, name, settings) values ($1, $2, $2, $3) returning id`,
        [projectId, key, JSON.stringify(EndpointSettings.parse(settings))],
      )) as [{ id: string }];
      const token = randomBytes(24).toString('base64url');
      const owner = { projectId, recordId: id };
      await rows(`insert into endpoint_token (token_hash, endpoint_id, sealed) values ($1, $2, $3)`, [
        hashToken(token),
        id,
        box.seal(token, owner),
      ]);
      if (secret !== undefined) {
        const sealed = box.seal(JSON.stringify(secret), owner);
        await store.endpoints.addSecret({ endpointId: id, sealed, overlapSeconds: 0 });
      }
      for (const [at, route] of routes.entries()) {
        const [{ id: workflowId }] = (await rows(
          `insert into workflow (project_id, key, name, definition, live_version, paused)
           values ($1, $2, $2, '{}', 1, $3) returning id`,
          [projectId, `${key}-${at}`, route.paused],
        )) as [{ id: string }];
        await rows(
          `insert into endpoint_route (endpoint_id, workflow_id, step_id, project_id, version, paused)
           values ($1, $2, 'hook', $3, 1, $4)`,
          [id, workflowId, projectId, route.paused],
        );
      }
      return { id, token, url: `${url}/hooks/${token}` };
    },
    async close() {
      await server.close();
      await writer.close();
      await evaluator.close();
      clock.stop();
      await source.destroy();
      await pools.close();
      await database.close();
    },
  };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  json(): any;
}

/** One request with full say over method, headers and bytes; `fetch` would add and refuse some. */
export function send(
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
    readonly body?: string | Uint8Array;
    /** Written piece by piece, without a length. */
    readonly chunks?: readonly (string | Uint8Array)[];
  } = {},
): Promise<RawAnswer> {
  const { method = 'POST', headers = {}, body, chunks } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers: headers as Record<string, string>, agent: false });
    request.on('error', reject);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: () => JSON.parse(text),
        });
      });
    });
    for (const chunk of chunks ?? []) request.write(chunk);
    request.end(body);
  });
}

/** A JSON delivery. */
export function sendJson(
  url: string,
  value: unknown,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  return send(url, {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  });
}
