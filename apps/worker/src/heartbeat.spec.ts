import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Heartbeat } from './heartbeat.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function aHeartbeat(answers: () => Promise<{ alive: boolean; cancelled: readonly string[] }>) {
  const heard: string[] = [];
  const heartbeat = new Heartbeat(
    { heartbeat: answers, abandon: () => heard.push('abandoned') },
    {
      lost: () => heard.push('lost'),
      cancelled: (ids) => heard.push(...ids),
      trouble: () => heard.push('trouble'),
    },
  );
  return { heartbeat, heard };
}

it('gives the lease up before it ends, even while a renewal hangs without an answer', async () => {
  let isAway = false;
  const { heartbeat, heard } = aHeartbeat(() =>
    isAway ? new Promise(() => undefined) : Promise.resolve({ alive: true, cancelled: [] }),
  );
  await heartbeat.start();
  isAway = true;
  await vi.advanceTimersByTimeAsync(24_900);
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(heard).toEqual(['abandoned', 'lost']);
  await vi.advanceTimersByTimeAsync(25_000);
  expect(heard).toEqual(['abandoned', 'lost', 'abandoned', 'lost']);
  heartbeat.stop();
});

it('goes on while the database comes back in time', async () => {
  let beats = 0;
  const { heartbeat, heard } = aHeartbeat(() => {
    beats += 1;
    return beats % 4 === 1
      ? Promise.resolve({ alive: true, cancelled: ['r1'] })
      : Promise.reject(new Error('away'));
  });
  await heartbeat.start();
  await vi.advanceTimersByTimeAsync(41_000);
  expect(heard.filter((word) => word === 'lost')).toEqual([]);
  expect(heard.filter((word) => word === 'r1')).toHaveLength(2);
  heartbeat.stop();
});

it('says that the lease is lost when the database says so', async () => {
  let alive = true;
  const { heartbeat, heard } = aHeartbeat(() => Promise.resolve({ alive, cancelled: [] }));
  await heartbeat.start();
  alive = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(heard).toEqual(['lost']);
  heartbeat.stop();
});

it('gives nothing up after it was stopped', async () => {
  const { heartbeat, heard } = aHeartbeat(() => Promise.resolve({ alive: true, cancelled: [] }));
  await heartbeat.start();
  heartbeat.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual([]);
});
