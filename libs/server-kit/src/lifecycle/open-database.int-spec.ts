import { startEmptyTestDatabase, type TestDatabase } from '@hookloom/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../logging/logger.js';
import { DatabaseUnusableError, openDatabase } from './open-database.js';

const logger = createLogger({ level: 'silent', role: 'api' });
let database: TestDatabase;
beforeAll(async () => {
  database = await startEmptyTestDatabase();
});
afterAll(() => database.close());

describe('openDatabase', () => {
  it('migrates, whoever else does so at the same time', async () => {
    await Promise.all([1, 2, 3].map(() => openDatabase(database.url, logger)));
  });

  it('says which server cannot be reached, and never the password', async () => {
    const opened = openDatabase('postgres://me:hush-hush@127.0.0.1:1/shop', logger, 10);
    await expect(opened).rejects.toThrow(DatabaseUnusableError);
    await expect(opened).rejects.toThrow(
      /^The database at 127\.0\.0\.1:1\/shop cannot be reached \(ECONNREFUSED\)/,
    );
  });

  it('does not wait for a database that is not there', async () => {
    const url = new URL(database.url);
    url.pathname = '/nowhere';
    await expect(openDatabase(url.href, logger)).rejects.toThrow(
      /refuses us: database "nowhere" does not exist/,
    );
  });
});
