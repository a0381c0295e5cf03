import type { AuditFinding, Maintenance } from '@hookloom/persistence';

/** One thing that is done again and again; `everyMs` from the end of one turn to the begin of the next. */
interface Chore {
  readonly name: string;
  readonly everyMs: number;
  work(): Promise<unknown>;
}

export interface UpkeepDeps {
  readonly maintenance: Maintenance;
  /** Told about runs that became due: the worker looks at once. */
  readonly onDue: () => void;
  readonly onTrouble: (error: unknown, chore: string) => void;
  readonly onFinding: (finding: AuditFinding) => void;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Held runs are released at this rate at the most, so that a long pause does not end in a flood. */
const RELEASED_PER_TURN = 500;
const KEYS_PER_TURN = 5_000;
const HELD_BACK_PER_TURN = 1_000;

/**
 * What keeps the queue and the tables well. Every worker does all of it: each chore passes over rows that
 * another worker has at hand, so no leader is needed, and a dead worker leaves nothing undone.
 */
export class Upkeep {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly atWork = new Set<Promise<void>>();
  private isStopped = false;

  constructor(private readonly deps: UpkeepDeps) {}

  start(): void {
    for (const chore of this.chores()) this.schedule(chore, Math.random() * Math.min(chore.everyMs, SECOND));
  }

  /** Begins nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.atWork);
  }

  private chores(): Chore[] {
    const { maintenance } = this.deps;
    return [
      { name: 'reclaim', everyMs: SECOND, work: () => this.reclaim() },
      { name: 'release-held', everyMs: SECOND, work: () => this.releaseHeld() },
      { name: 'hold-paused', everyMs: SECOND, work: () => maintenance.holdPaused(HELD_BACK_PER_TURN) },
      { name: 'drop-held', everyMs: 5 * SECOND, work: () => maintenance.dropHeld(HELD_BACK_PER_TURN) },
      { name: 'expire-keys', everyMs: 10 * SECOND, work: () => maintenance.expireKeys(KEYS_PER_TURN) },
      { name: 'leases', everyMs: 10 * MINUTE, work: () => maintenance.forgetLeases() },
      { name: 'partitions', everyMs: 60 * MINUTE, work: () => maintenance.makePartitions() },
      { name: 'self-audit', everyMs: 24 * 60 * MINUTE, work: () => this.audit() },
    ];
  }

  private schedule(chore: Chore, inMs: number): void {
    if (this.isStopped) return;
    const timer = setTimeout(() => {
      const turn = this.take(chore).finally(() => this.atWork.delete(turn));
      this.atWork.add(turn);
    }, inMs);
    this.timers.set(chore.name, timer);
  }

  private async take(chore: Chore): Promise<void> {
    try {
      await chore.work();
    } catch (error) {
      this.deps.onTrouble(error, chore.name);
    }
    this.schedule(chore, chore.everyMs);
  }

  private async reclaim(): Promise<void> {
    const { reclaimed } = await this.deps.maintenance.reclaimExpired();
    if (reclaimed > 0) this.deps.onDue();
  }

  private async releaseHeld(): Promise<void> {
    const released = await this.deps.maintenance.releaseHeld(RELEASED_PER_TURN);
    if (released > 0) this.deps.onDue();
  }

  private async audit(): Promise<void> {
    for (const finding of await this.deps.maintenance.selfAudit()) this.deps.onFinding(finding);
  }
}
