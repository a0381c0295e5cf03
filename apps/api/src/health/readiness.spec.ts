import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Readiness } from './readiness.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('Readiness', () => {
  it('has no reason against it where every probe is content', async () => {
    const readiness = new Readiness();
    readiness.addProbe(async () => undefined);
    expect(await readiness.findReasons()).toEqual([]);
  });

  it('tells each reason, and that of a probe which fails or never answers', async () => {
    const readiness = new Readiness();
    readiness.addProbe(async () => 'the disk is full');
    readiness.addProbe(async () => Promise.reject(new Error('inner words')));
    readiness.addProbe(() => new Promise(() => undefined));
    const reasons = readiness.findReasons();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await reasons).toEqual(['the disk is full', 'not reachable', 'no answer in time']);
  });

  it('is over for good once the process stops', async () => {
    const readiness = new Readiness();
    readiness.beginStop();
    expect(await readiness.findReasons()).toEqual(['stopping']);
  });
});
