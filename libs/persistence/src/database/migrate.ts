import pg from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../migrations/index.js';
import { dataSourceOptions } from './data-source.js';
import { ensurePartition, wantedPartitions } from './partitions.js';

/** Names the one migrator among all processes of all roles ("hookloom" as bytes, shortened). */
const MIGRATION_LOCK = 0x686f6f6b;
const WAIT_FOR_OTHER_MS = 60_000;
const POLL_MS = 100;

/**
 * Brings the database to this release's schema. Any number of processes may call it at once: one migrates,
 * the others wait. Does nothing where nothing is to do.
 *
 * @throws Error if another process migrates for longer than a minute, or a migration fails
 */
export async function migrate(url: string): Promise<void> {
  const lock = new pg.Client({
    connectionString: url,
    application_name: 'hookloom-migrator',
    keepAlive: true,
  });
  lock.on('error', () => undefined);
  await lock.connect();
  try {
    await waitForLock(lock);
    await runMigrations(url);
    await createFirstPartitions(lock);
  } finally {
    await lock.end();
  }
}

/** Polls instead of waiting in the server: a waiting statement's snapshot would block concurrent indexes. */
async function waitForLock(client: pg.Client): Promise<void> {
  const deadline = performance.now() + WAIT_FOR_OTHER_MS;
  for (;;) {
    const answer = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
      MIGRATION_LOCK,
    ]);
    if (answer.rows[0]?.locked) return;
    if (performance.now() > deadline) {
      throw new Error(
        'Another process has been migrating the database for a minute. Wait for it to end, then start again.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function runMigrations(url: string): Promise<void> {
  const source = new DataSource({
    ...dataSourceOptions(url, { max: 1 }),
    entities: [],
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    extra: {
      max: 1,
      application_name: 'hookloom-migrator',
      connectionTimeoutMillis: 5_000,
      lock_timeout: 2_000,
    },
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

async function createFirstPartitions(client: pg.Client): Promise<void> {
  await client.query(`set lock_timeout = '2s'`);
  const clock = await client.query<{ now: string }>('select extract(epoch from now()) * 1000 as now');
  for (const partition of wantedPartitions(Number(clock.rows[0]?.now)))
    await ensurePartition(client, partition);
}
