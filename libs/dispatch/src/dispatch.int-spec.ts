import { EventEmitter } from 'node:events';
import { startEmptyTestDatabase } from '@hookloom/testing/database';
import { startRedis } from '@hookloom/testing/redis';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createBell, createLiveChannel } from './create.js';
import type { Bell, DispatchOptions, LiveChannel, ProcessChannel } from './ports.js';

/** What carries rings and changes, and the ways in which it can fail. */
interface Carrier {
  /** As one process would be given. */
  options(): DispatchOptions;
  readonly breaks: Record<string, () => Promise<void>>;
  close(): Promise<void>;
}

const RUN = '01890000-0000-7000-8000-000000000001';
const PROJECT = '01890000-0000-7000-8000-000000000002';
const CARRIERS: Record<string, () => Promise<Carrier>> = {
  Postgres: postgresCarrier,
  'the parent process': async () => parentCarrier(),
  Redis: redisCarrier,
};
const BREAKS: Record<string, string[]> = {
  Postgres: ['its connections are cut'],
  'the parent process': [],
  Redis: ['it is flushed', 'it is killed and restarted empty'],
};

async function postgresCarrier(): Promise<Carrier> {
  const database = await startEmptyTestDatabase();
  const cut = async (): Promise<void> => {
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'hookloom%'`,
    );
    await client.end();
  };
  return {
    options: () => ({ databaseUrl: database.url }),
    breaks: { 'its connections are cut': cut },
    close: () => database.close(),
  };
}

/** A parent that passes each child's messages to the others, as the launcher does. */
function parentCarrier(): Carrier {
  const children = new Set<EventEmitter>();
  const addChild = (): ProcessChannel => {
    const self = new EventEmitter();
    children.add(self);
    return {
      send: (message) => {
        const copy: unknown = structuredClone(message);
        for (const other of children) if (other !== self) setImmediate(() => other.emit('message', copy));
      },
      onMessage: (listener) => {
        self.on('message', listener);
        return () => void self.off('message', listener);
      },
    };
  };
  return {
    options: () => ({ databaseUrl: 'postgres://nowhere.invalid/x', ipc: addChild() }),
    breaks: {},
    close: async () => children.clear(),
  };
}

async function redisCarrier(): Promise<Carrier> {
  const redis = await startRedis();
  const flush = async (): Promise<void> => {
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
  };
  const restart = async (): Promise<void> => {
    await redis.kill();
    await redis.start();
  };
  return {
    options: () => ({ databaseUrl: 'postgres://nowhere.invalid/x', redisUrl: redis.url }),
    breaks: { 'it is flushed': flush, 'it is killed and restarted empty': restart },
    close: () => redis.close(),
  };
}

const within = { interval: 5 };

describe.each(Object.keys(CARRIERS))('through %s', (name) => {
  let carrier: Carrier;
  const open: (Bell | LiveChannel)[] = [];
  beforeAll(async () => {
    carrier = await (CARRIERS[name] ?? parentCarrier)();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
  afterAll(() => carrier.close());

  function aBell(): Bell {
    const bell = createBell(carrier.options());
    open.push(bell);
    return bell;
  }
  function aChannel(): LiveChannel {
    const channel = createLiveChannel(carrier.options());
    open.push(channel);
    return channel;
  }

  /** A bell that has been heard once, and the counter of what its listener hears from now on. */
  async function aHeardBell() {
    const [ringer, hearer] = [aBell(), aBell()];
    const heard = vi.fn();
    const unsubscribe = hearer.onRing(heard);
    await vi.waitFor(() => {
      ringer.ring([RUN]);
      expect(heard).toHaveBeenCalled();
    }, within);
    await quiet(heard);
    heard.mockClear();
    return { ringer, hearer, heard, unsubscribe };
  }

  describe('a ring', () => {
    it('is heard in another process', async () => {
      const { ringer, heard } = await aHeardBell();
      ringer.ring([RUN]);
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), within);
    });

    it('is heard once the connection is there, though it rang before', async () => {
      const hearer = aBell();
      const heard = vi.fn();
      hearer.onRing(heard);
      aBell().ring([RUN]);
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), within);
    });

    it('of many runs becomes few, and one comes after the last', async () => {
      const { ringer, heard } = await aHeardBell();
      for (let turn = 0; turn < 5_000; turn += 1) ringer.ring([RUN]);
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), within);
      await quiet(heard);
      expect(heard.mock.calls.length).toBeLessThan(50);
      ringer.ring([RUN]);
      const before = heard.mock.calls.length;
      await vi.waitFor(() => expect(heard.mock.calls.length).toBeGreaterThan(before), within);
    });

    it('for no run is none', async () => {
      const { ringer, heard } = await aHeardBell();
      ringer.ring([]);
      await quiet(heard);
      expect(heard).not.toHaveBeenCalled();
    });

    it('reaches every listener, though one throws', async () => {
      const { ringer, hearer, heard } = await aHeardBell();
      hearer.onRing(() => {
        throw new Error('broken listener');
      });
      const last = vi.fn();
      hearer.onRing(last);
      ringer.ring([RUN]);
      await vi.waitFor(() => expect(last).toHaveBeenCalled(), within);
      expect(heard).toHaveBeenCalled();
    });

    it('reaches nobody who has unsubscribed', async () => {
      const { ringer, hearer, heard, unsubscribe } = await aHeardBell();
      unsubscribe();
      const other = vi.fn();
      hearer.onRing(other);
      ringer.ring([RUN]);
      await vi.waitFor(() => expect(other).toHaveBeenCalled(), within);
      expect(heard).not.toHaveBeenCalled();
    });

    it('of a closed bell does nothing', async () => {
      const bell = aBell();
      await bell.close();
      expect(() => bell.ring([RUN])).not.toThrow();
      await bell.close();
    });

    it.each(BREAKS[name] ?? [])('is heard again after %s', async (how) => {
      const { ringer, heard } = await aHeardBell();
      await carrier.breaks[how]?.();
      await vi.waitFor(() => {
        ringer.ring([RUN]);
        expect(heard).toHaveBeenCalled();
      }, within);
      heard.mockClear();
      await quiet(heard);
      heard.mockClear();
      ringer.ring([RUN]);
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), within);
    });
  });

  describe('a change', () => {
    const change = { runId: RUN, seq: 1, status: 'running' as const };
    const message = { kind: 'run' as const, projectId: PROJECT, change };

    it('is heard in every process, in order and without a loss on a sound connection', async () => {
      const [sender, ...hearers] = [aChannel(), aChannel(), aChannel()];
      const heard = hearers.map((hearer) => {
        const seen: number[] = [];
        hearer.subscribe((one) => one.kind === 'run' && seen.push(one.change.seq));
        return seen;
      });
      await vi.waitFor(() => {
        sender?.publish({ ...message, change: { ...change, seq: 0 } });
        expect(heard.every((seen) => seen.length > 0)).toBe(true);
      }, within);
      for (let seq = 1; seq <= 500; seq += 1) sender?.publish({ ...message, change: { ...change, seq } });
      await vi.waitFor(() => expect(heard.every((seen) => seen.at(-1) === 500)).toBe(true), within);
      for (const seen of heard) expect(seen.filter((seq) => seq > 0)).toEqual(range(1, 500));
    });

    it('is heard in the process that published it', async () => {
      const channel = aChannel();
      const heard = vi.fn();
      channel.subscribe(heard);
      await vi.waitFor(() => {
        channel.publish(message);
        expect(heard).toHaveBeenCalledWith(message);
      }, within);
    });

    it('that is too large is left out and harms no other', async () => {
      const [sender, hearer] = [aChannel(), aChannel()];
      const heard = vi.fn();
      hearer.subscribe(heard);
      const large = { ...message, change: { ...change, stepId: 'x'.repeat(100_000) } };
      await vi.waitFor(() => {
        sender.publish(large);
        sender.publish(message);
        expect(heard).toHaveBeenCalledWith(message);
      }, within);
      expect(heard).not.toHaveBeenCalledWith(large);
    });

    it.each(BREAKS[name] ?? [])('is heard again after %s', async (how) => {
      const [sender, hearer] = [aChannel(), aChannel()];
      const heard = vi.fn();
      hearer.subscribe(heard);
      const isHeard = (): void => {
        sender.publish(message);
        expect(heard).toHaveBeenCalled();
      };
      await vi.waitFor(isHeard, within);
      await carrier.breaks[how]?.();
      heard.mockClear();
      await vi.waitFor(isHeard, within);
    });

    it('of a closed channel does nothing', async () => {
      const channel = aChannel();
      await channel.close();
      expect(() => channel.publish(message)).not.toThrow();
    });
  });
});

describe('while Redis is away', () => {
  it('ringing and publishing go on, report it and hold nothing back', async () => {
    const redis = await startRedis();
    await redis.kill();
    const onError = vi.fn();
    const options = { databaseUrl: 'postgres://nowhere.invalid/x', redisUrl: redis.url, onError };
    const [bell, live] = [createBell(options), createLiveChannel(options)];
    const heard = vi.fn();
    bell.onRing(heard);
    for (let turn = 0; turn < 10_000; turn += 1) bell.ring([RUN]);
    await vi.waitFor(() => expect(onError).toHaveBeenCalled(), within);
    await redis.start();
    await vi.waitFor(() => expect(heard).toHaveBeenCalled(), within);
    await redis.kill();
    await Promise.all([bell.close(), live.close()]);
  });
});

describe('without a worker', () => {
  it('Redis does not fill up with rings', async () => {
    const redis = await startRedis();
    const bell = createBell({ databaseUrl: 'postgres://nowhere.invalid/x', redisUrl: redis.url });
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queue = new Queue('hookloom-bell', { connection });
    queue.on('error', () => undefined);
    let most = 0;
    for (let turn = 0; turn < 100; turn += 1) {
      bell.ring([RUN]);
      await new Promise((resolve) => setTimeout(resolve, 6));
      most = Math.max(most, await queue.getWaitingCount());
    }
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(32);
    const [job] = await queue.getWaiting();
    expect(job?.data).toEqual({ runId: RUN });
    await bell.close();
    await queue.close();
    connection.disconnect();
    await redis.close();
  });
});

/** Resolves when nothing was heard for a while, long enough for a busy machine to bring what is under way. */
async function quiet(heard: ReturnType<typeof vi.fn>): Promise<void> {
  for (let before = -1; before !== heard.mock.calls.length;) {
    before = heard.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
