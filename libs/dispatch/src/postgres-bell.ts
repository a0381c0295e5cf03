import { Listeners } from './listeners.js';
import { Pace } from './pace.js';
import type { Bell, DispatchOptions } from './ports.js';
import { PostgresChannel } from './postgres-channel.js';

/** Rings by NOTIFY: at most one in 5 ms a process, and never inside the transaction that made the run. */
export class PostgresBell implements Bell {
  private readonly listeners: Listeners<[]>;
  private readonly channel: PostgresChannel;
  private readonly pace = new Pace(() => void this.send());
  private isDue = false;
  private isSending = false;

  constructor({ databaseUrl, onError = () => undefined }: Pick<DispatchOptions, 'databaseUrl' | 'onError'>) {
    this.listeners = new Listeners(onError);
    this.channel = new PostgresChannel({
      databaseUrl,
      channel: 'hookloom_bell',
      onMessage: () => this.listeners.tell(),
      onConnect: () => {
        this.listeners.tell();
        if (this.isDue) this.pace.ask();
      },
      onError,
    });
  }

  ring(runIds: readonly string[]): void {
    if (runIds.length === 0) return;
    this.isDue = true;
    this.pace.ask();
  }

  onRing(listener: () => void): () => void {
    this.channel.listen();
    return this.listeners.add(listener);
  }

  async close(): Promise<void> {
    this.pace.stop();
    this.listeners.clear();
    await this.channel.close();
  }

  private async send(): Promise<void> {
    if (!this.isDue || this.isSending || !this.channel.isConnected) return;
    this.isDue = false;
    this.isSending = true;
    await this.channel.notify('');
    this.isSending = false;
    if (this.isDue) this.pace.ask();
  }
}
