import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { WorkerParts } from './worker-parts.js';

/** What a machine that watches a worker asks: `/health/live`, `/health/ready` and `/metrics`. */
export interface HealthServer {
  /** Not ready from now on. */
  beginStop(): void;
  close(): Promise<void>;
}

/** Serves health and metrics on a port of its own; without a port there is nothing to serve. */
export async function serveHealth(
  port: number | undefined,
  host: string,
  parts: Pick<WorkerParts, 'metrics' | 'pools'>,
): Promise<HealthServer> {
  const state = { isStopping: false };
  const beginStop = (): void => {
    state.isStopping = true;
  };
  if (port === undefined) return { beginStop, close: () => Promise.resolve() };
  const server = createServer((request, response) => {
    answer(request, response, parts, state).catch(() => reply(response, 500, 'failed'));
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    beginStop,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Pick<WorkerParts, 'metrics' | 'pools'>,
  state: { isStopping: boolean },
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://worker').pathname;
  if (path === '/health/live') return reply(response, 200, '{"status":"ok"}', 'application/json');
  if (path === '/metrics') return reply(response, 200, await parts.metrics.registry.metrics());
  if (path !== '/health/ready') return reply(response, 404, 'not found');
  const isReady = !state.isStopping && (await canReach(parts));
  reply(response, isReady ? 200 : 503, `{"status":"${isReady ? 'ok' : 'not ready'}"}`, 'application/json');
}

async function canReach(parts: Pick<WorkerParts, 'pools'>): Promise<boolean> {
  try {
    await parts.pools.aside.query('select 1');
    return true;
  } catch {
    return false;
  }
}

function reply(
  response: ServerResponse,
  status: number,
  body: string,
  type = 'text/plain; version=0.0.4',
): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}
