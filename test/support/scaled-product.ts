import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@hookloom/embedded-postgres';
import { startRedis, type RedisStandIn } from '@hookloom/testing/redis';
import { ApiClient } from './api-client.js';
import { descendants } from './process-tree.js';
import { startProduct, type Product } from './product.js';

/** The topology of docker/compose.scale.yaml as plain processes, but for its reverse proxy. */
export interface ScaledProduct {
  readonly urls: readonly string[];
  readonly api: ApiClient;
  readonly redis: RedisStandIn;
  readonly databaseUrl: string;
  /** SIGKILL, and a new one in its place, as a container engine would do. */
  killApi(index: number): Promise<void>;
  killWorker(index: number): Promise<void>;
  /** SIGKILL to the server; it is started again at the same address. */
  restartPostgres(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startScaledProduct(size: { apis: number; workers: number }): Promise<ScaledProduct> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'database'), log: () => undefined });
  const redis = await startRedis();
  const env = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    HOOKLOOM_API_KEY: `hl_${randomBytes(24).toString('base64url')}`,
    HOOKLOOM_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
  const startOne = (command: 'start:api' | 'start:worker', port?: string): Promise<Product> =>
    startProduct({
      command,
      dataDir,
      env: { ...env, ...(port === undefined ? {} : { HOOKLOOM_PORT: port }) },
    });
  const apis = await Promise.all(Array.from({ length: size.apis }, () => startOne('start:api')));
  const workers = await Promise.all(Array.from({ length: size.workers }, () => startOne('start:worker')));
  const urls = apis.map((api) => api.url);
  return {
    urls,
    api: new ApiClient(urls.at(-1) ?? '', env.HOOKLOOM_API_KEY),
    redis,
    databaseUrl: postgres.url,
    async killApi(index) {
      await apis[index]?.kill();
      apis[index] = await startOne('start:api', new URL(urls[index] ?? '').port);
    },
    async killWorker(index) {
      await workers[index]?.kill();
      workers[index] = await startOne('start:worker');
    },
    async restartPostgres() {
      for (const pid of descendants(
        process.pid,
        new RegExp(`postgres.*${escapeForPattern(postgres.dataDir)}`),
      )) {
        process.kill(pid, 'SIGKILL');
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...apis, ...workers].map((one) => one.stop()));
      await stopStores(postgres, redis);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function stopStores(postgres: EmbeddedPostgres, redis: RedisStandIn): Promise<void> {
  await Promise.all([postgres.stop(), redis.close()]);
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
