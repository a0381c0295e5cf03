import { createEvaluatorPool, type EvaluatorPool } from '@hookloom/expressions';
import { SecretBox, createDataSource, createPools, createStore, queueHealth } from '@hookloom/persistence';
import type { Pools, Store } from '@hookloom/persistence';
import {
  PasswordHasher,
  addQueueGauges,
  createMetrics,
  ensureFirstOwner,
  loadEncryptionKey,
  openDatabase,
} from '@hookloom/server-kit';
import type { Config, Logger, Metrics } from '@hookloom/server-kit';
import { Readiness } from './health/readiness.js';
import { RouteTable } from './http/route-table.js';

/** What is built before Nest starts; every feature may ask for it, with this class as the token. */
export abstract class AppParts {
  abstract readonly config: Config;
  abstract readonly databaseUrl: string;
  abstract readonly logger: Logger;
  abstract readonly metrics: Metrics;
  /** Connections of the accept path and its neighbours. */
  abstract readonly pools: Pools;
  /** What people look at and change. */
  abstract readonly store: Store;
  abstract readonly secretBox: SecretBox;
  /** The children that read people's expressions, schemas, XML and multipart bodies. */
  abstract readonly evaluator: EvaluatorPool;
  abstract readonly passwords: PasswordHasher;
  abstract readonly readiness: Readiness;
  abstract readonly routes: RouteTable;
  /** Closes all connections, when nothing uses them any more. */
  abstract close(): Promise<void>;
}

/**
 * Migrates, connects, makes the owner that the environment names and checks that the encryption key fits.
 *
 * @throws EncryptionKeyError if the database was written with another key
 */
export async function openParts(config: Config, databaseUrl: string, logger: Logger): Promise<AppParts> {
  await openDatabase(databaseUrl, logger);
  const onError = (error: Error) => logger.warn({ err: error }, 'a database connection broke');
  const source = await createDataSource(databaseUrl, { onError }).initialize();
  const pools = createPools(databaseUrl, { onError });
  const store = createStore(source);
  const passwords = new PasswordHasher();
  const evaluator = createEvaluatorPool();
  const close = async () => {
    await Promise.all([evaluator.close(), source.destroy(), pools.close()]);
  };
  try {
    const secretBox = new SecretBox((await loadEncryptionKey(config)).toString('base64'));
    await secretBox.checkAgainst(pools.ui);
    await ensureFirstOwner(store, config, passwords);
    const readiness = new Readiness();
    readiness.addProbe(async () => ((await store.isWritable()) ? undefined : 'the database takes no writes'));
    const metrics = createMetrics();
    addQueueGauges(metrics.registry, () => queueHealth(pools.ui));
    const own = { metrics, routes: new RouteTable() };
    return {
      config,
      databaseUrl,
      logger,
      pools,
      store,
      secretBox,
      evaluator,
      passwords,
      readiness,
      close,
      ...own,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
