import { Redis, type RedisOptions } from 'ioredis';
import { reconnectDelayMs } from './backoff.js';

/** A connection that comes back by itself and never ends the process. `onError` hears of each failure. */
export function openRedis(url: string, onError: (error: Error) => void, more: RedisOptions = {}): Redis {
  const redis = new Redis(url, {
    connectTimeout: 5_000,
    keepAlive: 10_000,
    maxRetriesPerRequest: null,
    retryStrategy: reconnectDelayMs,
    ...more,
  });
  redis.on('error', onError);
  return redis;
}

/** A connection to send on: while Redis is away a command fails at once instead of waiting in memory. */
export function openRedisSender(url: string, onError: (error: Error) => void): Redis {
  return openRedis(url, onError, { enableOfflineQueue: false, commandTimeout: 2_000 });
}
