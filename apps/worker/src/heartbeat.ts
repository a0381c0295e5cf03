import type { RunStore } from '@hookloom/runner';

/** How often the lease is renewed, milliseconds; it lasts 30 s. */
const BEAT_MS = 5_000;
/** Rule 11: counted from when the last good renewal was sent, a little less than the lease lasts. */
const GIVE_UP_MS = 25_000;

export interface HeartbeatListeners {
  /** The lease is over, or could not be renewed in time: what is in hand belongs to others now. */
  lost(): void;
  cancelled(runIds: readonly string[]): void;
  trouble(error: unknown): void;
}

/** Renews the worker's lease, stops the worker's hand when it cannot, and brings word of cancelled runs. */
export class Heartbeat {
  private timer: NodeJS.Timeout | undefined;
  private renewedAt = performance.now();

  constructor(
    private readonly store: Pick<RunStore, 'heartbeat'>,
    private readonly listeners: HeartbeatListeners,
  ) {}

  /** Registers the lease. @throws if the database cannot be reached */
  async start(): Promise<void> {
    await this.store.heartbeat();
    this.renewedAt = performance.now();
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async beat(): Promise<void> {
    const sentAt = performance.now();
    try {
      const answer = await this.store.heartbeat();
      if (!answer.alive) this.listeners.lost();
      this.renewedAt = sentAt;
      this.listeners.cancelled(answer.cancelled);
    } catch (error) {
      this.listeners.trouble(error);
      if (performance.now() - this.renewedAt > GIVE_UP_MS) this.listeners.lost();
    }
  }
}
