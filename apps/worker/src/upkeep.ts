import type {
  AlertWork,
  AuditFinding,
  BrokenDestinations,
  Maintenance,
  PgDestinations,
  ReplayWork,
  Retention,
  ScheduleWork,
  SilenceWatch,
} from '@hookloom/persistence';
import type { Poller } from './polling/poller.js';

/** One thing that is done again and again; `everyMs` from the end of one turn to the begin of the next. */
interface Chore {
  readonly name: string;
  readonly everyMs: number;
  /** `more`: this turn was not enough, so the next one follows soon. */
  work(): Promise<unknown>;
}

/** A chore that does up to `limit` a turn. */
function inParts(
  name: string,
  everyMs: number,
  limit: number,
  part: (limit: number) => Promise<number>,
): Chore {
  return { name, everyMs, work: async () => ((await part(limit)) >= limit ? 'more' : undefined) };
}

/** A chore that answers whether there was anything to do. */
async function again(turn: Promise<boolean>): Promise<'more' | undefined> {
  return (await turn) ? 'more' : undefined;
}

export interface UpkeepDeps {
  readonly maintenance: Maintenance;
  readonly destinations: Pick<PgDestinations, 'forget'>;
  readonly broken: Pick<BrokenDestinations, 'pauseSenders'>;
  /** Told how many workflows were paused because what they send to has not worked for days. */
  readonly onPaused: (count: number) => void;
  readonly replays: Pick<ReplayWork, 'takeTurn'>;
  readonly schedules: Pick<ScheduleWork, 'takeTurn'>;
  readonly polls: Pick<Poller, 'takeTurn' | 'stop'>;
  readonly alerts: Pick<AlertWork, 'gather' | 'tell' | 'forget'>;
  readonly silence: Pick<SilenceWatch, 'takeTurn'>;
  /** Sends one alert that is due. @returns whether there was one */
  readonly sendAlert: () => Promise<boolean>;
  readonly retention: Pick<Retention, 'takeTurn'>;
  readonly onDropped: (partitions: readonly string[]) => void;
  /** Told about runs that became due: the worker looks at once. */
  readonly onDue: () => void;
  /** Told how many runs were ended as failed because they kept killing their workers. */
  readonly onGivenUp: (count: number) => void;
  readonly onTrouble: (error: unknown, chore: string) => void;
  readonly onFinding: (finding: AuditFinding) => void;
}

const SECOND = 1_000;
/** Between two parts of one chore: other work of the database gets its turn. */
const SOON_MS = 50;
const MINUTE = 60 * SECOND;
/** Held runs are released at this rate at the most, so that a long pause does not end in a flood. */
const RELEASED_PER_TURN = 500;
const ORPHANS_PER_TURN = 200;
const KEYS_PER_TURN = 5_000;
const LANES_PER_TURN = 200;
const HELD_BACK_PER_TURN = 1_000;
const DELETED_PER_TURN = 2_000;
const FAILURES_PER_TURN = 2_000;
const ENDPOINTS_PER_TURN = 50;

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
    await Promise.all([...this.atWork, this.deps.polls.stop()]);
  }

  private chores(): Chore[] {
    const { maintenance } = this.deps;
    return [
      { name: 'reclaim', everyMs: SECOND, work: () => this.reclaim() },
      { name: 'release-held', everyMs: SECOND, work: () => this.releaseHeld() },
      { name: 'replays', everyMs: SECOND, work: () => this.startRuns(this.deps.replays) },
      { name: 'schedules', everyMs: SECOND, work: () => this.startRuns(this.deps.schedules) },
      { name: 'polls', everyMs: SECOND, work: () => this.deps.polls.takeTurn() },
      inParts('hold-paused', SECOND, HELD_BACK_PER_TURN, (limit) => maintenance.holdPaused(limit)),
      inParts('drop-held', 5 * SECOND, HELD_BACK_PER_TURN, (limit) => maintenance.dropHeld(limit)),
      inParts('expire-keys', 10 * SECOND, KEYS_PER_TURN, (limit) => maintenance.expireKeys(limit)),
      inParts('cancel-called', 2 * SECOND, ORPHANS_PER_TURN, (limit) => maintenance.cancelCalled(limit)),
      { name: 'lanes', everyMs: SECOND, work: () => this.promoteForgotten() },
      { name: 'answer-orphans', everyMs: 2 * SECOND, work: () => this.answerOrphans() },
      inParts('forget-answers', 60 * SECOND, KEYS_PER_TURN, (limit) => maintenance.forgetAnswers(limit)),
      inParts('count-failures', 2 * SECOND, FAILURES_PER_TURN, (limit) => this.deps.alerts.gather(limit)),
      inParts('silence', 10 * SECOND, ENDPOINTS_PER_TURN, (limit) => this.deps.silence.takeTurn(limit)),
      { name: 'tell', everyMs: 5 * SECOND, work: () => again(this.deps.alerts.tell()) },
      { name: 'send-alerts', everyMs: 2 * SECOND, work: () => again(this.deps.sendAlert()) },
      { name: 'forget-alerts', everyMs: 60 * MINUTE, work: () => this.deps.alerts.forget() },
      { name: 'unanswered', everyMs: MINUTE, work: () => maintenance.noteUnanswered() },
      { name: 'logins', everyMs: 10 * MINUTE, work: () => maintenance.forgetLogins() },
      { name: 'destinations', everyMs: 10 * MINUTE, work: () => this.deps.destinations.forget() },
      { name: 'broken-destinations', everyMs: 10 * MINUTE, work: () => this.pauseSenders() },
      { name: 'leases', everyMs: 10 * MINUTE, work: () => maintenance.forgetLeases() },
      { name: 'partitions', everyMs: 60 * MINUTE, work: () => maintenance.makePartitions() },
      { name: 'retention', everyMs: MINUTE, work: () => this.deleteOld() },
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
    let outcome: unknown;
    try {
      outcome = await chore.work();
    } catch (error) {
      this.deps.onTrouble(error, chore.name);
    }
    this.schedule(chore, outcome === 'more' ? SOON_MS : chore.everyMs);
  }

  private async reclaim(): Promise<void> {
    const { reclaimed, givenUp } = await this.deps.maintenance.reclaimExpired();
    if (givenUp > 0) this.deps.onGivenUp(givenUp);
    if (reclaimed > 0) this.deps.onDue();
  }

  private async pauseSenders(): Promise<void> {
    const paused = await this.deps.broken.pauseSenders();
    if (paused > 0) this.deps.onPaused(paused);
  }

  private async releaseHeld(): Promise<void> {
    const released = await this.deps.maintenance.releaseHeld(RELEASED_PER_TURN);
    if (released > 0) this.deps.onDue();
  }

  private async startRuns(work: Pick<ScheduleWork, 'takeTurn'>): Promise<'more' | undefined> {
    const { runIds, isBusy } = await work.takeTurn();
    if (runIds.length > 0) this.deps.onDue();
    return isBusy ? 'more' : undefined;
  }

  private async promoteForgotten(): Promise<void> {
    const due = await this.deps.maintenance.promoteForgotten(LANES_PER_TURN);
    if (due > 0) this.deps.onDue();
  }

  private async answerOrphans(): Promise<void> {
    const answered = await this.deps.maintenance.answerOrphans(ORPHANS_PER_TURN);
    if (answered > 0) this.deps.onDue();
  }

  private async deleteOld(): Promise<'more' | undefined> {
    const { dropped, isMore } = await this.deps.retention.takeTurn(DELETED_PER_TURN);
    if (dropped.length > 0) this.deps.onDropped(dropped);
    return isMore ? 'more' : undefined;
  }

  private async audit(): Promise<void> {
    for (const finding of await this.deps.maintenance.selfAudit()) this.deps.onFinding(finding);
  }
}
