import { IpcBell, IpcLiveChannel } from './ipc.js';
import type { Bell, DispatchOptions, LiveChannel } from './ports.js';
import { PostgresBell } from './postgres-bell.js';
import { PostgresLiveChannel } from './postgres-live.js';
import { RedisBell } from './redis-bell.js';
import { RedisLiveChannel } from './redis-live.js';

/** The bell of this process: BullMQ where there is Redis, else the parent process, else Postgres. Connects by itself. */
export function createBell(options: DispatchOptions): Bell {
  const { redisUrl, ipc } = options;
  if (redisUrl !== undefined) return new RedisBell({ ...options, redisUrl });
  return ipc ? new IpcBell({ ...options, ipc }) : new PostgresBell(options);
}

/** The live channel of this process, by the same choice. */
export function createLiveChannel(options: DispatchOptions): LiveChannel {
  const { redisUrl, ipc } = options;
  if (redisUrl !== undefined) return new RedisLiveChannel({ ...options, redisUrl });
  return ipc ? new IpcLiveChannel({ ...options, ipc }) : new PostgresLiveChannel(options);
}
