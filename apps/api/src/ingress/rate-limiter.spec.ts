import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.js';

describe('RateLimiter', () => {
  const limit = { perSecond: 2, burst: 3 };

  it('lets a burst through, then one each time a token has come back', () => {
    const limiter = new RateLimiter(() => 1);
    const taken = [0, 0, 0, 0].map(() => limiter.take('a', limit, 1_000));
    expect(taken).toEqual([0, 0, 0, 0.5]);
    expect(limiter.take('a', limit, 1_499)).toBeGreaterThan(0);
    expect(limiter.take('a', limit, 1_500)).toBe(0);
  });

  it('keeps endpoints apart', () => {
    const limiter = new RateLimiter(() => 1);
    for (let at = 0; at < 3; at += 1) limiter.take('a', limit, 0);
    expect(limiter.take('b', limit, 0)).toBe(0);
  });

  it('gives each of several processes its share', () => {
    const limiter = new RateLimiter(() => 3);
    expect(limiter.take('a', limit, 0)).toBe(0);
    expect(limiter.take('a', limit, 0)).toBe(1.5);
  });

  it('never gives more than the burst, however long the pause, and forgets nobody who must still wait', () => {
    const limiter = new RateLimiter(() => 1);
    const slow = { perSecond: 0.001, burst: 2 };
    limiter.take('a', slow, 0);
    limiter.take('a', slow, 0);
    limiter.take('b', slow, 120_000);
    expect(limiter.take('a', slow, 120_000)).toBeGreaterThan(0);
    expect(limiter.take('a', limit, 10_000_000)).toBe(0);
  });
});
