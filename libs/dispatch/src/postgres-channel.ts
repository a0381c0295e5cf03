import { setTimeout as sleep } from 'node:timers/promises';
import { reconnectDelayMs } from './backoff.js';
import { PostgresConnection, type PostgresConnectionOptions } from './postgres-connection.js';

const TIMES = { checkEveryMs: 10_000, answerWithinMs: 5_000 };

export interface PostgresChannelOptions extends Omit<PostgresConnectionOptions, keyof typeof TIMES> {
  /** A connection is there (again): what was said meanwhile is lost. */
  readonly onConnect: () => void;
  readonly onError: (error: Error) => void;
  /** Milliseconds; default 10,000 and 5,000. */
  readonly times?: typeof TIMES;
}

/**
 * NOTIFY and, once asked for, LISTEN on a connection of its own that comes back by itself. A half-open socket looks
 * alive to its owner, so every ten seconds the connection says something to itself (reliability rule 23).
 */
export class PostgresChannel {
  private connection: PostgresConnection | undefined;
  private readonly stopping = new AbortController();
  private isListening = false;
  private readonly life: Promise<void>;

  constructor(private readonly options: PostgresChannelOptions) {
    this.life = this.live();
  }

  get isConnected(): boolean {
    return this.connection !== undefined;
  }

  /** From now on `onMessage` hears what is notified. */
  listen(): void {
    if (this.isListening) return;
    this.isListening = true;
    this.connection?.listen().catch(this.options.onError);
  }

  /** Best effort; resolves when it is said or lost. */
  async notify(payload: string): Promise<void> {
    await this.connection?.notify(payload);
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.connection?.close();
    await this.life;
  }

  private async live(): Promise<void> {
    for (let attempt = 1; !this.stopping.signal.aborted; attempt += 1) {
      const connection = new PostgresConnection({ ...TIMES, ...this.options.times, ...this.options });
      try {
        await connection.open();
        if (this.isListening) await connection.listen();
        attempt = 0;
        if (this.stopping.signal.aborted) continue;
        this.connection = connection;
        this.options.onConnect();
        await connection.broken;
      } catch (error) {
        if (!this.stopping.signal.aborted) {
          this.options.onError(error instanceof Error ? error : new Error('Broken', { cause: error }));
        }
      }
      this.connection = undefined;
      await Promise.all([connection.close(), this.pause(attempt + 1)]);
    }
  }

  private pause(attempt: number): Promise<void> {
    const { signal } = this.stopping;
    return sleep(reconnectDelayMs(attempt), undefined, { signal, ref: false }).catch(() => undefined);
  }
}
