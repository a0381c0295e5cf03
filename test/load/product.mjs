/** The built product with a database of its own, as benches drive it. */
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, ROOT, startNode } from './processes.mjs';

/** The key of a folder that is kept has to be the same when it is used again. */
const API_KEY_OF_KEPT = `hl_${'of-a-folder-that-is-kept'.repeat(2)}`;

/**
 * Api and worker, `call` for its REST API, and `database` to fill it.
 *
 * @param name of its folder
 * @param keptDir a folder to use instead and to keep, so that what fills it is done once
 */
export async function startProduct(name, keptDir) {
  if (keptDir !== undefined) await mkdir(keptDir, { recursive: true });
  const dataDir = keptDir ?? (await mkdtemp(join(tmpdir(), `hookloom-bench-${name}-`)));
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const database = new pg.Pool({ connectionString: postgres.url, max: 1 });
  database.on('error', () => undefined);
  const apiKey = keptDir ? API_KEY_OF_KEPT : `hl_${randomBytes(24).toString('base64url')}`;
  const port = await freePort();
  const env = {
    DATABASE_URL: postgres.url,
    HOOKLOOM_DATA_DIR: dataDir,
    HOOKLOOM_PORT: String(port),
    HOOKLOOM_OWNER_EMAIL: 'bench@example.com',
    HOOKLOOM_OWNER_PASSWORD: 'only for this bench run',
    HOOKLOOM_API_KEY: apiKey,
    HOOKLOOM_LOG_LEVEL: 'error',
  };
  const api = await startNode(`${ROOT}apps/api/dist/main.js`, { env, ready: /Hookloom is ready/ });
  const worker = await startNode(`${ROOT}apps/worker/dist/main.js`, { env, ready: /worker is ready/i });
  return {
    port,
    database,
    async call(method, path, body) {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    async stop() {
      await Promise.all([worker.stop(), api.stop()]);
      await database.end();
      await postgres.stop();
      if (keptDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
