import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface PostgresConnectionOptions {
  readonly databaseUrl: string;
  /** A plain identifier. */
  readonly channel: string;
  readonly onMessage: (payload: string) => void;
  /** Milliseconds between self-checks. */
  readonly checkEveryMs: number;
  /** Milliseconds for the server to connect, answer and be heard. */
  readonly answerWithinMs: number;
}

/** One connection for NOTIFY and LISTEN, from its start until it breaks. */
export class PostgresConnection {
  /** Settles only by rejecting, when the connection is of no use any more. */
  readonly broken: Promise<never>;
  private fail: (error: Error) => void = () => undefined;
  private readonly selfChannel = `hookloom_self_${randomBytes(8).toString('hex')}`;
  private readonly client: pg.Client;
  private readonly ending = new AbortController();
  private heardMyself: () => void = () => undefined;
  private isListening = false;

  constructor(private readonly options: PostgresConnectionOptions) {
    this.broken = new Promise((_resolve, reject) => {
      this.fail = reject;
    });
    this.broken.catch(() => undefined);
    this.client = new pg.Client({
      connectionString: options.databaseUrl,
      application_name: options.channel,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: options.answerWithinMs,
      query_timeout: options.answerWithinMs,
    });
    this.client.on('error', (error) => this.fail(error));
    this.client.on('end', () => this.fail(new Error('PostgreSQL closed the connection')));
    this.client.on('notification', ({ channel, payload = '' }) => {
      if (channel === this.selfChannel) this.heardMyself();
      else options.onMessage(payload);
    });
  }

  async open(): Promise<void> {
    await this.client.connect();
    void this.checkNowAndThen();
  }

  async listen(): Promise<void> {
    await this.client.query(`listen ${this.options.channel}; listen ${this.selfChannel}`);
    this.isListening = true;
  }

  /** Never rejects: a failure breaks the connection. */
  async notify(payload: string): Promise<void> {
    await this.say(this.options.channel, payload).catch(this.fail);
  }

  async close(): Promise<void> {
    this.ending.abort();
    await Promise.race([this.client.end().catch(() => undefined), sleep(1_000, undefined, { ref: false })]);
  }

  private async checkNowAndThen(): Promise<void> {
    const { signal } = this.ending;
    try {
      for (;;) {
        await sleep(this.options.checkEveryMs, undefined, { signal, ref: false });
        await this.check();
      }
    } catch (error) {
      if (!signal.aborted) this.fail(error instanceof Error ? error : new Error('Broken', { cause: error }));
    }
  }

  private async check(): Promise<void> {
    const heard = new Promise<'heard'>((resolve) => {
      this.heardMyself = () => resolve('heard');
    });
    await this.say(this.selfChannel, '');
    if (!this.isListening) return;
    const late = sleep(this.options.answerWithinMs, 'late' as const, { ref: false });
    if ((await Promise.race([heard, late])) === 'late') throw new Error('LISTEN does not hear any more');
  }

  private async say(channel: string, payload: string): Promise<void> {
    await this.client.query('select pg_notify($1, $2)', [channel, payload]);
  }
}
