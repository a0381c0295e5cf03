import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';

/**
 * One real PostgreSQL for the whole run; each test file makes databases of its own in it (`startTestDatabase`).
 * A server that the variable names already is used instead.
 */
export default async function oneDatabase(): Promise<() => Promise<void>> {
  if (process.env['HOOKLOOM_TEST_DATABASE_URL']) return async () => undefined;
  const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-test-'));
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  process.env['HOOKLOOM_TEST_DATABASE_URL'] = server.url;
  return async () => {
    delete process.env['HOOKLOOM_TEST_DATABASE_URL'];
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
