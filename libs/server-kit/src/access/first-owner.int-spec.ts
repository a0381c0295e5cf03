import { createDataSource, createStore, hashToken } from '@hookloom/persistence';
import { startTestDatabase, type TestDatabase } from '@hookloom/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureFirstOwner } from './first-owner.js';
import { PasswordHasher } from './password-hasher.js';

const config = {
  owner: { email: 'owner@example.com', password: 'long-enough-password' },
  apiKey: `hl_${'k'.repeat(40)}`,
};
let database: TestDatabase;
let source: DataSource;
beforeAll(async () => {
  database = await startTestDatabase();
  source = await createDataSource(database.url).initialize();
});
afterAll(async () => {
  await source.destroy();
  await database.close();
});

it('makes the owner and the key once, however many roles start at once and how often', async () => {
  const start = () => ensureFirstOwner(createStore(source), config, new PasswordHasher());
  await Promise.all(Array.from({ length: 6 }, start));
  await start();
  expect(await source.query(`select email from app_user`)).toEqual([{ email: config.owner.email }]);
  expect(await source.query(`select role from membership`)).toEqual([{ role: 'owner' }]);
  expect(await source.query(`select key_hash from api_key`)).toEqual([
    { key_hash: hashToken(config.apiKey) },
  ]);
  const person = await createStore(source).people.findMemberByEmail(config.owner.email);
  expect(await new PasswordHasher().matches(person?.passwordHash, config.owner.password)).toBe(true);
});

it('does nothing where the environment names nobody', async () => {
  await ensureFirstOwner(createStore(source), { owner: undefined, apiKey: undefined }, new PasswordHasher());
  expect(await source.query(`select 1 from app_user`)).toHaveLength(1);
});
