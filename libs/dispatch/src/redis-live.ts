import type { Redis } from 'ioredis';
import { Listeners } from './listeners.js';
import { Outbox, parseMessages } from './live-messages.js';
import { Pace } from './pace.js';
import type { LiveMessage } from '@hookloom/contracts';
import type { DispatchOptions, LiveChannel } from './ports.js';
import { openRedis, openRedisSender } from './redis-client.js';

const CHANNEL = 'hookloom:live';
const MAX_MESSAGE_BYTES = 64 * 1024;

/** Carries changes by Redis PUBLISH: every process hears them, and nothing of it is stored. */
export class RedisLiveChannel implements LiveChannel {
  private readonly listeners: Listeners<[message: LiveMessage]>;
  private readonly sender: Redis;
  private receiver: Redis | undefined;
  private readonly outbox = new Outbox(MAX_MESSAGE_BYTES);
  private readonly pace = new Pace(() => void this.send());
  private readonly onError: (error: Error) => void;
  private isSending = false;

  constructor(private readonly options: { readonly redisUrl: string } & Pick<DispatchOptions, 'onError'>) {
    this.onError = options.onError ?? (() => undefined);
    this.listeners = new Listeners(this.onError);
    this.sender = openRedisSender(options.redisUrl, this.onError);
    this.sender.on('ready', () => this.pace.ask());
  }

  publish(message: LiveMessage): void {
    this.outbox.put(message);
    this.pace.ask();
  }

  subscribe(listener: (message: LiveMessage) => void): () => void {
    this.receiver ??= this.receive();
    return this.listeners.add(listener);
  }

  async close(): Promise<void> {
    this.pace.stop();
    this.listeners.clear();
    this.receiver?.disconnect();
    this.sender.disconnect();
  }

  private async send(): Promise<void> {
    if (this.isSending || this.sender.status !== 'ready') return;
    const text = this.outbox.take();
    if (text === undefined) return;
    this.isSending = true;
    await this.sender.publish(CHANNEL, text).catch(this.onError);
    this.isSending = false;
    if (!this.outbox.isEmpty) this.pace.ask();
  }

  private receive(): Redis {
    const redis = openRedis(this.options.redisUrl, this.onError);
    redis.on('message', (_channel, text) => {
      for (const message of parseMessages(text)) this.listeners.tell(message);
    });
    redis.subscribe(CHANNEL).catch(this.onError); // and again by itself after every reconnect
    return redis;
  }
}
