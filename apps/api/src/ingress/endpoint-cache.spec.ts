import { describe, expect, it } from 'vitest';
import { EndpointCache, LookupBusyError } from './endpoint-cache.js';

const TOKEN = 'token';

/** A cache over a settable value and a settable clock. */
function aCache() {
  const world = { now: 0, value: 'one' as string | undefined, isAway: false, reads: 0 };
  const cache = new EndpointCache<string>({
    now: () => world.now,
    find: async () => {
      world.reads += 1;
      const { value } = world;
      if (world.isAway) throw new Error('away');
      return value;
    },
  });
  return { world, cache };
}

describe('EndpointCache', () => {
  it('reads once for all who ask at the same time', async () => {
    const { world, cache } = aCache();
    expect(cache.peek(TOKEN)).toBeUndefined();
    await Promise.all([cache.load(TOKEN), cache.load(TOKEN), cache.load(TOKEN)]);
    expect(world.reads).toBe(1);
    expect(cache.peek(TOKEN)).toEqual({ endpoint: 'one', isCurrent: true });
  });

  it('refreshes in the background under traffic, so that nobody waits', async () => {
    const { world, cache } = aCache();
    await cache.load(TOKEN);
    world.value = 'two';
    world.now = 500;
    expect(cache.peek(TOKEN)?.endpoint).toBe('one');
    await Promise.resolve();
    await Promise.resolve();
    expect(cache.peek(TOKEN)?.endpoint).toBe('two');
    expect(world.reads).toBe(2);
  });

  it('never answers with what is older than a second', async () => {
    const { world, cache } = aCache();
    await cache.load(TOKEN);
    world.now = 1_001;
    expect(cache.peek(TOKEN)).toBeUndefined();
  });

  it('remembers that a token is unknown', async () => {
    const { world, cache } = aCache();
    world.value = undefined;
    await cache.load(TOKEN);
    expect(cache.peek(TOKEN)).toEqual({ endpoint: undefined, isCurrent: true });
  });

  it('answers with what it saw last while the database is away, and says so, but not for ever', async () => {
    const { world, cache } = aCache();
    await cache.load(TOKEN);
    world.isAway = true;
    world.now = 5_000;
    await expect(cache.load(TOKEN)).resolves.toEqual({ endpoint: 'one', isCurrent: false });
    world.now = 60_000;
    await expect(cache.load(TOKEN)).rejects.toThrow('away');
  });

  it('looks up only so many unknown tokens at once', async () => {
    const { cache } = aCache();
    const loads = Array.from({ length: 100 }, (_, at) => cache.load(`token-${at}`));
    const results = await Promise.allSettled(loads);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(36);
    expect(refused.every((result) => result.reason instanceof LookupBusyError)).toBe(true);
  });

  it('reads anew on demand, even if a read is under way', async () => {
    const { world, cache } = aCache();
    const first = cache.load(TOKEN);
    world.value = 'two';
    await expect(cache.reload(TOKEN)).resolves.toEqual({ endpoint: 'two', isCurrent: true });
    await first;
    expect(world.reads).toBe(2);
  });
});
