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
  /** A renewal may hang for longer than the lease lasts, so giving up does not wait for its answer. */
  private giveUp: NodeJS.Timeout | undefined;
  private isBeating = false;

  constructor(
    private readonly store: Pick<RunStore, 'heartbeat' | 'abandon'>,
    private readonly listeners: HeartbeatListeners,
  ) {}

  /** Registers the lease. @throws if the database cannot be reached */
  async start(): Promise<void> {
    const sentAt = performance.now();
    await this.store.heartbeat();
    this.noteRenewed(sentAt);
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    clearTimeout(this.giveUp);
    this.timer = undefined;
  }

  /** One at a time: the answers of two renewals could overtake each other. */
  private async beat(): Promise<void> {
    if (this.isBeating) return;
    this.isBeating = true;
    const sentAt = performance.now();
    try {
      const answer = await this.store.heartbeat();
      if (!answer.alive) this.listeners.lost();
      this.noteRenewed(sentAt);
      this.listeners.cancelled(answer.cancelled);
    } catch (error) {
      this.listeners.trouble(error);
    } finally {
      this.isBeating = false;
    }
  }

  private noteRenewed(sentAt: number): void {
    clearTimeout(this.giveUp);
    this.giveUp = setTimeout(() => this.lose(), GIVE_UP_MS - (performance.now() - sentAt));
  }

  /** Whoever claims next begins a new lease, which must not outlive its renewals either. */
  private lose(): void {
    if (this.timer === undefined) return;
    this.store.abandon();
    this.listeners.lost();
    this.noteRenewed(performance.now());
  }
}
