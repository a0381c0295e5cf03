import type { Maintenance } from '@hookloom/persistence';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Upkeep } from './upkeep.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function anUpkeep(chores: Partial<Record<keyof Maintenance, () => Promise<unknown>>>) {
  const nothing = { reclaimed: 0, givenUp: 0 };
  const quiet = async () => 0;
  const maintenance = new Proxy(chores, {
    get: (own, name) =>
      Reflect.get(own, name) ??
      (name === 'reclaimExpired' ? async () => nothing : name === 'selfAudit' ? async () => [] : quiet),
  }) as unknown as Maintenance;
  const troubles: string[] = [];
  const givenUp: number[] = [];
  const upkeep = new Upkeep({
    maintenance,
    destinations: { forget: async () => undefined },
    broken: { pauseSenders: quiet },
    onPaused: () => undefined,
    replays: { takeTurn: async () => ({ runIds: [], isBusy: false }) },
    schedules: { takeTurn: async () => ({ runIds: [], isBusy: false }) },
    polls: { takeTurn: async () => undefined, stop: async () => undefined },
    alerts: { gather: async () => 0, tell: async () => false, forget: async () => undefined },
    silence: { takeTurn: async () => 0 },
    sendAlert: async () => false,
    retention: { takeTurn: async () => ({ dropped: [], deleted: 0, isMore: false }) },
    onDropped: () => undefined,
    onDue: () => undefined,
    onGivenUp: (count) => givenUp.push(count),
    onTrouble: (_error, chore) => troubles.push(chore),
    onFinding: () => undefined,
  });
  return { upkeep, troubles, givenUp };
}

it('goes on at once while there is more to do than one turn does', async () => {
  const left = [5_000, 5_000, 5_000, 12];
  const { upkeep } = anUpkeep({ expireKeys: async () => left.shift() ?? 0 });
  upkeep.start();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(left).toEqual([]);
  await upkeep.stop();
});

it('forgets logins that are over', async () => {
  let times = 0;
  const { upkeep } = anUpkeep({ forgetLogins: async () => (times += 1) });
  upkeep.start();
  await vi.advanceTimersByTimeAsync(11 * 60_000);
  expect(times).toBe(2);
  await upkeep.stop();
});

it('tells how many runs were given up', async () => {
  const answers = [{ reclaimed: 0, givenUp: 2 }];
  const { upkeep, givenUp } = anUpkeep({
    reclaimExpired: async () => answers.shift() ?? { reclaimed: 0, givenUp: 0 },
  });
  upkeep.start();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(givenUp).toEqual([2]);
  await upkeep.stop();
});

it('tries a chore that failed again at its time', async () => {
  let times = 0;
  const { upkeep, troubles } = anUpkeep({
    releaseHeld: async () => {
      times += 1;
      throw new Error('away');
    },
  });
  upkeep.start();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(times).toBeGreaterThan(1);
  expect(troubles).toEqual(Array.from({ length: times }, () => 'release-held'));
  await upkeep.stop();
});
