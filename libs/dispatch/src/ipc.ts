import { Listeners } from './listeners.js';
import { Outbox, parseMessages } from './live-messages.js';
import { Pace } from './pace.js';
import { LAUNCHED_BY_US, type LiveMessage } from '@hookloom/contracts';
import type { Bell, DispatchOptions, LiveChannel, ProcessChannel } from './ports.js';

/** One pipe write carries up to this many bytes of changes. */
const MAX_MESSAGE_BYTES = 64 * 1024;

type IpcOptions = { readonly ipc: ProcessChannel } & Pick<DispatchOptions, 'onError'>;

/** The launcher, where it is the parent of this process. It passes `{bell: …}` to its other children, unread. */
export function parentProcess(): ProcessChannel | undefined {
  if (!process.send || process.env[LAUNCHED_BY_US] === undefined) return undefined;
  return {
    send: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => {
      process.on('message', listener);
      return () => void process.off('message', listener);
    },
  };
}

/** Rings through the parent process: nothing but a pipe on the way. */
export class IpcBell implements Bell {
  private readonly listeners: Listeners<[]>;
  private readonly pace = new Pace(() => this.send());
  private readonly stopHearing: () => void;

  constructor(private readonly options: IpcOptions) {
    this.listeners = new Listeners(options.onError ?? (() => undefined));
    this.stopHearing = options.ipc.onMessage((message) => {
      if (contentOf(message, 'ring') !== undefined) this.listeners.tell();
    });
  }

  ring(runIds: readonly string[]): void {
    if (runIds.length > 0) this.pace.ask();
  }

  onRing(listener: () => void): () => void {
    return this.listeners.add(listener);
  }

  async close(): Promise<void> {
    this.pace.stop();
    this.stopHearing();
    this.listeners.clear();
  }

  private send(): void {
    this.options.ipc.send({ bell: { ring: true } });
    this.listeners.tell();
  }
}

/** Carries changes through the parent process. */
export class IpcLiveChannel implements LiveChannel {
  private readonly listeners: Listeners<[message: LiveMessage]>;
  private readonly outbox = new Outbox(MAX_MESSAGE_BYTES);
  private readonly pace = new Pace(() => this.send());
  private readonly stopHearing: () => void;

  constructor(private readonly options: IpcOptions) {
    this.listeners = new Listeners(options.onError ?? (() => undefined));
    this.stopHearing = options.ipc.onMessage((message) => {
      const content = contentOf(message, 'live');
      if (typeof content === 'string') this.hear(content);
    });
  }

  publish(message: LiveMessage): void {
    this.outbox.put(message);
    this.pace.ask();
  }

  subscribe(listener: (message: LiveMessage) => void): () => void {
    return this.listeners.add(listener);
  }

  async close(): Promise<void> {
    this.pace.stop();
    this.stopHearing();
    this.listeners.clear();
  }

  private send(): void {
    const text = this.outbox.take();
    if (text === undefined) return;
    this.options.ipc.send({ bell: { live: text } });
    if (!this.listeners.isEmpty) this.hear(text);
    if (!this.outbox.isEmpty) this.pace.ask();
  }

  private hear(text: string): void {
    if (this.listeners.isEmpty) return;
    for (const message of parseMessages(text)) this.listeners.tell(message);
  }
}

function contentOf(message: unknown, name: string): unknown {
  if (typeof message !== 'object' || message === null || !('bell' in message)) return undefined;
  const { bell } = message;
  return typeof bell === 'object' && bell !== null ? Reflect.get(bell, name) : undefined;
}
