import { isDataError, StorageUnavailable } from './storage-errors.js';

export interface BatchLimits {
  /** Statements under way at once. */
  readonly lanes: number;
  /** Items in one statement. */
  readonly rows: number;
  /** Bytes in one statement; a single larger item goes alone. */
  readonly bytes: number;
  /** Items waiting or under way, above which new ones are refused. */
  readonly heldRows: number;
  readonly heldBytes: number;
  /** How long an item is held through an outage, milliseconds from its arrival. */
  readonly holdMs: number;
}

const FIRST_RETRY_MS = 25;
const MAX_RETRY_MS = 250;
const SWEEP_MS = 50;

interface Holder<Item, Result> {
  forget(pending: Pending<Item, Result>): void;
}

/** One item on its way to the database. Settles once; what comes later is ignored. */
export class Pending<Item, Result> {
  isSettled = false;

  constructor(
    readonly item: Item,
    readonly bytes: number,
    /** Monotonic milliseconds. */
    readonly giveUpAt: number,
    private readonly holder: Holder<Item, Result>,
    private readonly succeed: (result: Result) => void,
    private readonly fail: (error: Error) => void,
  ) {}

  resolve(result: Result): void {
    if (this.settle()) this.succeed(result);
  }

  reject(error: Error): void {
    if (this.settle()) this.fail(error);
  }

  private settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.holder.forget(this);
    return true;
  }
}

/**
 * Batches naturally: whatever arrives while the statements under way run is the next batch, without a timer.
 * A lone item is written at once, a flood in large batches. Through an outage the same batch is repeated with
 * the same ids until its items' time is up, so `write` must be repeatable.
 */
export class BatchWriter<Item, Result> implements Holder<Item, Result> {
  private queue: Pending<Item, Result>[] = [];
  private readonly held = new Set<Pending<Item, Result>>();
  private heldBytes = 0;
  private busyLanes = 0;
  private isWakeQueued = false;
  private sweeper: NodeJS.Timeout | undefined;
  private whenIdle: (() => void)[] = [];

  /** @param write settles each item of the batch, or throws with the unsettled ones to be repeated */
  constructor(
    private readonly limits: BatchLimits,
    private readonly write: (batch: readonly Pending<Item, Result>[]) => Promise<void>,
  ) {}

  /** @throws StorageUnavailable when too much is held already, or once the item was held for `holdMs` */
  add(item: Item, bytes: number): Promise<Result> {
    const { heldRows, heldBytes, holdMs } = this.limits;
    if (this.held.size >= heldRows || (this.held.size > 0 && this.heldBytes + bytes > heldBytes)) {
      return Promise.reject(
        new StorageUnavailable('Too much is waiting for the database. Try again shortly.'),
      );
    }
    return new Promise((succeed, fail) => {
      const giveUpAt = performance.now() + holdMs;
      const pending = new Pending<Item, Result>(item, bytes, giveUpAt, this, succeed, fail);
      this.held.add(pending);
      this.heldBytes += bytes;
      this.queue.push(pending);
      this.sweeper ??= setInterval(this.sweep, SWEEP_MS);
      this.wake();
    });
  }

  /** Resolves when nothing is waiting or under way. */
  async drain(): Promise<void> {
    if (this.held.size === 0 && this.busyLanes === 0) return;
    await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  /** After the current round of input, so that requests read together are written together. */
  private wake(): void {
    if (this.isWakeQueued || this.busyLanes >= this.limits.lanes) return;
    this.isWakeQueued = true;
    setImmediate(() => {
      this.isWakeQueued = false;
      while (this.busyLanes < this.limits.lanes && this.queue.length > 0) void this.runLane();
    });
  }

  private async runLane(): Promise<void> {
    this.busyLanes += 1;
    await this.writeHolding(this.takeBatch());
    this.busyLanes -= 1;
    if (this.queue.length > 0) this.wake();
    else this.noteIdle();
  }

  private takeBatch(): Pending<Item, Result>[] {
    let rows = 0;
    let bytes = 0;
    for (const pending of this.queue) {
      bytes += pending.bytes;
      if (rows > 0 && (rows >= this.limits.rows || bytes > this.limits.bytes)) break;
      rows += 1;
    }
    return this.queue.splice(0, rows);
  }

  private async writeHolding(batch: readonly Pending<Item, Result>[]): Promise<void> {
    let left = batch.filter((pending) => !pending.isSettled);
    for (let delayMs = FIRST_RETRY_MS; left.length > 0; delayMs = Math.min(MAX_RETRY_MS, delayMs * 2)) {
      try {
        await this.write(left);
        left.forEach(rejectUnsettled);
      } catch (error) {
        if (isDataError(error)) return this.writeOneByOne(left, error);
        await this.pauseForRetry(left, delayMs, error);
      }
      left = left.filter((pending) => !pending.isSettled);
    }
  }

  private async writeOneByOne(batch: readonly Pending<Item, Result>[], cause: unknown): Promise<void> {
    if (batch.length === 1) {
      batch[0]?.reject(new StorageUnavailable('The database refused the values.', { cause }));
      return;
    }
    for (const pending of batch) await this.writeHolding([pending]);
  }

  private async pauseForRetry(
    batch: readonly Pending<Item, Result>[],
    delayMs: number,
    cause: unknown,
  ): Promise<void> {
    for (const pending of batch) {
      if (pending.giveUpAt <= performance.now() + delayMs) pending.reject(unavailable(cause));
    }
    if (batch.some((pending) => !pending.isSettled)) {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }

  /** Answers in time even while a statement hangs on a frozen connection. */
  private readonly sweep = (): void => {
    const now = performance.now();
    for (const pending of this.held) {
      if (pending.giveUpAt > now) break;
      pending.reject(unavailable(undefined));
    }
    this.queue = this.queue.filter((pending) => !pending.isSettled);
  };

  /** For settled items only; they call it themselves. */
  forget(pending: Pending<Item, Result>): void {
    this.held.delete(pending);
    this.heldBytes -= pending.bytes;
    this.noteIdle();
  }

  private noteIdle(): void {
    if (this.held.size > 0) return;
    clearInterval(this.sweeper);
    this.sweeper = undefined;
    if (this.busyLanes > 0) return;
    this.whenIdle.forEach((resolve) => resolve());
    this.whenIdle = [];
  }
}

function rejectUnsettled<Item, Result>(pending: Pending<Item, Result>): void {
  if (!pending.isSettled)
    pending.reject(new StorageUnavailable('The database gave no answer for this item.'));
}

function unavailable(cause: unknown): StorageUnavailable {
  return new StorageUnavailable('The database cannot be reached now. Try again shortly.', { cause });
}
