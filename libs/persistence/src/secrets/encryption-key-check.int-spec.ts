import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, type World } from '../../test/fixtures.js';
import { SecretBox } from './secret-box.js';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

describe('the encryption key', () => {
  it('fits the database that it was first used with, and no other key does', async () => {
    const key = randomBytes(32).toString('base64');
    await new SecretBox(key).checkAgainst(world.pools.ui);
    await new SecretBox(key).checkAgainst(world.pools.ui);
    const other = new SecretBox(randomBytes(32).toString('base64'));
    await expect(other.checkAgainst(world.pools.ui)).rejects.toThrow('does not fit this database');
  });
});
