import { startEmptyTestDatabase, type TestDatabase } from '@hookloom/testing/database';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENTITIES } from '../entities/index.js';
import { createDataSource } from './data-source.js';
import { migrate } from './migrate.js';

let database: TestDatabase;
let client: pg.Client;
beforeEach(async () => {
  database = await startEmptyTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.close();
});

describe('migrate', () => {
  it('may be called by several processes at once and again later', async () => {
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    await migrate(database.url);
    const projects = await client.query('select key from project');
    expect(projects.rows).toEqual([{ key: 'default' }]);
  });

  it('makes partitions of today and the seven days ahead', async () => {
    await migrate(database.url);
    const found = await client.query(
      `select count(*)::int as n from pg_inherits where inhparent = any (array['event', 'run']::regclass[])`,
    );
    expect(found.rows[0].n).toBe(2 * 9);
    const options = await client.query(
      `select distinct reloptions from pg_class where relname like 'event\\_2%' and relkind = 'r'`,
    );
    expect(options.rows).toEqual([{ reloptions: ['toast_tuple_target=8160'] }]);
  });

  it('gives every entity the columns that it names', async () => {
    await migrate(database.url);
    const source = await createDataSource(database.url).initialize();
    try {
      for (const entity of ENTITIES) await source.getRepository(entity).find({ take: 1 });
    } finally {
      await source.destroy();
    }
  });

  it('makes ids in the database that are UUIDv7 of its clock', async () => {
    await migrate(database.url);
    const made = await client.query(
      `select new_id()::text as id, new_id() > id_at(now() - interval '1 second') and new_id() < id_at(now() + interval '1 second') as near`,
    );
    expect(made.rows[0].id).toMatch(/^.{14}7.{4}[89ab]/);
    expect(made.rows[0].near).toBe(true);
  });

  it('lets a project have one owner only', async () => {
    await migrate(database.url);
    const insert = `with u as (insert into app_user (email, name, password_hash) values ($1, 'A', 'x') returning id)
      insert into membership (project_id, user_id, role) select p.id, u.id, 'owner' from project p, u`;
    await client.query(insert, ['a@example.com']);
    await expect(client.query(insert, ['b@example.com'])).rejects.toMatchObject({ code: '23505' });
  });
});
