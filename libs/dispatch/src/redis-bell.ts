import { randomBytes } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { Listeners } from './listeners.js';
import { Pace } from './pace.js';
import type { Bell, DispatchOptions } from './ports.js';
import { openRedis, openRedisSender } from './redis-client.js';

const QUEUE = 'hookloom-bell';

/** Jobs that one process may have waiting: without a worker to take them Redis must not fill up. */
const MAX_WAITING = 32;

/**
 * Rings by a BullMQ job that carries a run id and nothing else, one a batch of rings. One worker process takes it;
 * what it cannot take itself the others find when they look in Postgres. Redis away, flushed or restarted empty
 * loses jobs and with them only time.
 */
export class RedisBell implements Bell {
  private readonly listeners: Listeners<[]>;
  private readonly sender: Redis;
  private queue: Queue | undefined;
  private readonly pace = new Pace(() => void this.send());
  private receiver: { readonly redis: Redis; readonly worker: Worker } | undefined;
  private readonly name = randomBytes(6).toString('hex');
  private readonly onError: (error: Error) => void;
  private dueRunId: string | undefined;
  private sent = 0;
  private isSending = false;
  private isClosed = false;

  constructor(private readonly options: { readonly redisUrl: string } & Pick<DispatchOptions, 'onError'>) {
    this.onError = (error) => {
      if (!this.isClosed) options.onError?.(error);
    };
    this.listeners = new Listeners(this.onError);
    this.sender = openRedisSender(options.redisUrl, this.onError);
    this.sender.on('ready', () => {
      if (this.dueRunId !== undefined) this.pace.ask();
    });
  }

  ring(runIds: readonly string[]): void {
    this.dueRunId = runIds[0] ?? this.dueRunId;
    if (this.dueRunId !== undefined) this.pace.ask();
  }

  onRing(listener: () => void): () => void {
    this.receiver ??= this.receive();
    return this.listeners.add(listener);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.pace.stop();
    this.listeners.clear();
    await Promise.allSettled([this.receiver?.worker.close(true), this.queue?.close()]);
    this.receiver?.redis.disconnect();
    this.sender.disconnect();
  }

  private async send(): Promise<void> {
    const runId = this.dueRunId;
    if (runId === undefined || this.isSending || this.sender.status !== 'ready') return;
    this.dueRunId = undefined;
    this.isSending = true;
    this.sent += 1;
    // A number taken in turn: while its job still waits, a new one under the same id is the same ring.
    const jobId = `${this.name}-${this.sent % MAX_WAITING}`;
    try {
      this.queue ??= this.openQueue();
      await this.queue.add('ring', { runId }, { jobId, removeOnComplete: true, removeOnFail: true });
    } catch (error) {
      this.queue = undefined; // one whose start failed stays of no use
      this.onError(error instanceof Error ? error : new Error('Not sent', { cause: error }));
    }
    this.isSending = false;
    if (this.dueRunId !== undefined) this.pace.ask();
  }

  private openQueue(): Queue {
    const queue = new Queue(QUEUE, { connection: this.sender });
    queue.on('error', this.onError);
    return queue;
  }

  private receive() {
    const redis = openRedis(this.options.redisUrl, this.onError);
    const worker = new Worker(QUEUE, async () => this.listeners.tell(), {
      connection: redis,
      concurrency: 1,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    worker.on('error', this.onError);
    redis.on('ready', () => this.listeners.tell());
    return { redis, worker };
  }
}
