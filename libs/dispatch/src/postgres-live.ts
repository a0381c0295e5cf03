import { Listeners } from './listeners.js';
import { Outbox, parseMessages } from './live-messages.js';
import { Pace } from './pace.js';
import type { LiveMessage } from '@hookloom/contracts';
import type { DispatchOptions, LiveChannel } from './ports.js';
import { PostgresChannel } from './postgres-channel.js';

/** NOTIFY takes less than 8,000 bytes. */
const MAX_PAYLOAD_BYTES = 7_500;

/** Carries changes by NOTIFY, many in one. */
export class PostgresLiveChannel implements LiveChannel {
  private readonly listeners: Listeners<[message: LiveMessage]>;
  private readonly channel: PostgresChannel;
  private readonly outbox = new Outbox(MAX_PAYLOAD_BYTES);
  private readonly pace = new Pace(() => void this.send());
  private isSending = false;

  constructor({ databaseUrl, onError = () => undefined }: Pick<DispatchOptions, 'databaseUrl' | 'onError'>) {
    this.listeners = new Listeners(onError);
    this.channel = new PostgresChannel({
      databaseUrl,
      channel: 'hookloom_live',
      onMessage: (payload) => {
        for (const message of parseMessages(payload)) this.listeners.tell(message);
      },
      onConnect: () => this.pace.ask(),
      onError,
    });
  }

  publish(message: LiveMessage): void {
    this.outbox.put(message);
    this.pace.ask();
  }

  subscribe(listener: (message: LiveMessage) => void): () => void {
    this.channel.listen();
    return this.listeners.add(listener);
  }

  async close(): Promise<void> {
    this.pace.stop();
    this.listeners.clear();
    await this.channel.close();
  }

  private async send(): Promise<void> {
    if (this.isSending || !this.channel.isConnected) return;
    const payload = this.outbox.take();
    if (payload === undefined) return;
    this.isSending = true;
    await this.channel.notify(payload);
    this.isSending = false;
    if (!this.outbox.isEmpty) this.pace.ask();
  }
}
