import { parseAllowedHosts, createEgress, type Egress } from '@hookloom/egress';
import { createBell, createLiveChannel, LiveFeed, parentProcess, type Bell } from '@hookloom/dispatch';
import { createEvaluatorPool, type EvaluatorPool } from '@hookloom/expressions';
import {
  createDataSource,
  createPools,
  createStore,
  DatabaseClock,
  queueHealth,
  SecretBox,
  type Pools,
} from '@hookloom/persistence';
import {
  addQueueGauges,
  createMetrics,
  ensureFirstOwner,
  loadEncryptionKey,
  openDatabase,
  PasswordHasher,
  type Config,
  type Logger,
  type Metrics,
} from '@hookloom/server-kit';

/** What a worker process is made of, before anything runs. */
export interface WorkerParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly pools: Pools;
  readonly clock: DatabaseClock;
  readonly secretBox: SecretBox;
  readonly egress: Egress;
  readonly evaluator: EvaluatorPool;
  readonly bell: Bell;
  readonly live: LiveFeed;
  /** Closes all connections and children, when nothing uses them any more. */
  close(): Promise<void>;
}

/**
 * Migrates, connects, makes the owner that the environment names and checks that the encryption key fits.
 *
 * @throws EncryptionKeyError if the database was written with another key
 */
export async function openParts(config: Config, databaseUrl: string, logger: Logger): Promise<WorkerParts> {
  await openDatabase(databaseUrl, logger);
  await ensureOwner(config, databaseUrl);
  const onError = (error: Error): void => logger.warn({ err: error }, 'a connection broke');
  const pools = createPools(databaseUrl, { onError });
  const clock = new DatabaseClock(pools.aside);
  await clock.start();
  const secretBox = new SecretBox((await loadEncryptionKey(config)).toString('base64'));
  await secretBox.checkAgainst(pools.ui);
  const egress = createEgress({ allowedHosts: parseAllowedHosts(config.allowedPrivateHosts.join(',')) });
  const evaluator = createEvaluatorPool();
  evaluator.warm();
  const dispatch = { databaseUrl, redisUrl: config.redisUrl, ipc: parentProcess(), onError };
  const bell = createBell(dispatch);
  const live = new LiveFeed(createLiveChannel(dispatch));
  const close = async (): Promise<void> => {
    clock.stop();
    await Promise.all([bell.close(), live.close(), evaluator.close(), egress.close()]);
    await pools.close();
  };
  const metrics = createMetrics();
  addQueueGauges(metrics.registry, () => queueHealth(pools.ui));
  return { config, logger, metrics, pools, clock, secretBox, egress, evaluator, bell, live, close };
}

/** Any role may be the first to start. */
async function ensureOwner(config: Config, databaseUrl: string): Promise<void> {
  if (!config.owner) return;
  const source = await createDataSource(databaseUrl).initialize();
  try {
    await ensureFirstOwner(createStore(source), config, new PasswordHasher());
  } finally {
    await source.destroy();
  }
}
