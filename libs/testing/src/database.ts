import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import { migrate } from '@hookloom/persistence';
import pg from 'pg';

/** A database of its own on a real PostgreSQL. */
export interface TestDatabase {
  readonly url: string;
  /** Drops it, and stops the server where this process started one and nobody else uses it. */
  close(): Promise<void>;
}

interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

let server: Promise<TestServer> | undefined;
let users = 0;

/** A fresh database with the product's schema and the default project. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const database = await startEmptyTestDatabase();
  await migrate(database.url);
  return database;
}

/**
 * A fresh database without any table, on the server that HOOKLOOM_TEST_DATABASE_URL names (its user must be
 * allowed to create databases) or else on an embedded one that all tests of the process share.
 */
export async function startEmptyTestDatabase(): Promise<TestDatabase> {
  users += 1;
  server ??= startServer();
  const { url } = await server;
  const name = `test_${randomBytes(6).toString('hex')}`;
  await once(url, `create database ${name}`);
  const address = new URL(url);
  address.pathname = `/${name}`;
  return {
    url: address.href,
    async close() {
      await once(url, `drop database if exists ${name} with (force)`);
      users -= 1;
      if (users === 0) await stopServer();
    },
  };
}

async function startServer(): Promise<TestServer> {
  const given = process.env['HOOKLOOM_TEST_DATABASE_URL'];
  if (given !== undefined) return { url: given, stop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-test-'));
  const embedded = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  return {
    url: embedded.url,
    async stop() {
      await embedded.stop();
      await Promise.all(
        [dataDir, embedded.dataDir].map((folder) => rm(folder, { recursive: true, force: true })),
      );
    },
  };
}

async function stopServer(): Promise<void> {
  const started = await server;
  server = undefined;
  await started?.stop();
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
