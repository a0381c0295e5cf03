import { setMaxListeners } from 'node:events';
import { advance, type ClaimedRun, type RunnerDeps, type RunStore } from '@hookloom/runner';

/** Runs asked for in one claim. */
const CLAIM_LIMIT = 100;
/** Runs in hand at the same time; most of them wait for the network. */
const CAPACITY = 300;
/** Of these one project may have so many: its slow calls leave room for the others. */
const CAPACITY_OF_PROJECT = 250;
/** After a claim that was not full: lets a batch gather, which costs less than many small claims. */
const GATHER_MS = 8;
/** The truth when no bell rings: lost rings, due retries, another worker's leftovers. */
const POLL_MS = 500;

/** What ended a wait early. */
export interface Wakeable {
  onRing(listener: () => void): () => void;
}

export interface ClaimLoopDeps {
  readonly store: RunStore;
  readonly runner: RunnerDeps;
  readonly bell: Wakeable;
  /** Told about failures to claim: the database is away. */
  readonly onTrouble: (error: unknown) => void;
}

/** Claims due runs and carries each on, as many at a time as there is room for. */
export class ClaimLoop {
  private readonly active = new Map<string, RunInHand>();
  private readonly draining = new AbortController();
  private readonly hurry = new AbortController();
  private wake: () => void = () => undefined;
  private isRung = false;
  private loop: Promise<void> | undefined;

  constructor(private readonly deps: ClaimLoopDeps) {
    // Each run in hand listens; Node would take more than ten for a leak and write so into the log.
    setMaxListeners(CAPACITY + CLAIM_LIMIT, this.hurry.signal);
  }

  start(): void {
    const unsubscribe = this.deps.bell.onRing(() => this.ring());
    this.loop = this.run().finally(unsubscribe);
  }

  /** Runs in hand now. */
  get activeCount(): number {
    return this.active.size;
  }

  /**
   * Claims no more; running steps finish, then their runs are handed back. Steps that take longer than
   * `patienceMs` are stopped. Resolves when no run is left.
   */
  async drain(patienceMs: number): Promise<void> {
    this.draining.abort();
    this.ring();
    const timer = setTimeout(() => this.hurry.abort(), patienceMs);
    await this.loop;
    await Promise.all([...this.active.values()].map((run) => run.done));
    clearTimeout(timer);
  }

  /** The lease is gone: nothing in hand may be written any more. */
  loseAll(): void {
    for (const run of this.active.values()) run.lost.abort();
  }

  cancel(runIds: readonly string[]): void {
    for (const id of runIds) this.active.get(id)?.cancelled.abort();
  }

  /** Looks for due runs at once. */
  ring(): void {
    this.isRung = true;
    this.wake();
  }

  private async run(): Promise<void> {
    let troubleMs = 0;
    while (!this.draining.signal.aborted) {
      this.isRung = false;
      const room = Math.min(CLAIM_LIMIT, CAPACITY - this.active.size);
      if (room <= 0) {
        await this.wait(POLL_MS);
        continue;
      }
      try {
        const claimed = await this.deps.store.claim(room, this.busyProjects());
        troubleMs = 0;
        for (const run of claimed) this.begin(run);
        if (claimed.length < room) await (claimed.length > 0 ? pause(GATHER_MS) : this.wait(POLL_MS));
      } catch (error) {
        this.deps.onTrouble(error);
        troubleMs = Math.min(2_000, Math.max(100, troubleMs * 2));
        await pause(troubleMs * (0.5 + Math.random() / 2));
      }
    }
  }

  /** Projects that could take more with one claim than they may have, and how many they may. */
  private busyProjects(): ReadonlyMap<string, number> {
    const busy = new Map<string, number>();
    if (this.active.size <= CAPACITY_OF_PROJECT - CLAIM_LIMIT) return busy;
    for (const { projectId } of this.active.values())
      busy.set(projectId, (busy.get(projectId) ?? CAPACITY_OF_PROJECT) - 1);
    for (const [id, room] of busy) if (room >= CLAIM_LIMIT) busy.delete(id);
    return busy;
  }

  private begin(run: ClaimedRun): void {
    const lost = new AbortController();
    const cancelled = new AbortController();
    const done = advance(this.deps.runner, run, {
      lost: lost.signal,
      cancelled: cancelled.signal,
      draining: this.draining.signal,
      hurry: this.hurry.signal,
    }).finally(() => this.end(run.id, inHand));
    const inHand: RunInHand = { projectId: run.projectId, lost, cancelled, done };
    this.active.set(run.id, inHand);
  }

  /** A run may be claimed anew before its last hold has quite ended: only the hold that ends is forgotten. */
  private end(runId: string, inHand: RunInHand): void {
    if (this.active.get(runId) === inHand) this.active.delete(runId);
    // Also while a claim is under way that found a project's hands full: it looks again instead of waiting.
    if (this.active.size === CAPACITY - CLAIM_LIMIT) this.ring();
  }

  /** Until the bell rings, there is room again, or it is time to look. */
  private async wait(ms: number): Promise<void> {
    if (this.isRung) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }
}

interface RunInHand {
  readonly projectId: string;
  readonly lost: AbortController;
  readonly cancelled: AbortController;
  readonly done: Promise<void>;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
