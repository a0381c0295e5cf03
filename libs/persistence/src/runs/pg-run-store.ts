import type {
  ChildStart,
  ClaimedRun,
  HeldAnswer,
  LaneEntry,
  LaneOutcome,
  Ownership,
  RunProgress,
  RunRelease,
  RunStore,
  StepAnswer,
  StepPlace,
  WrittenEntry,
} from '@hookloom/runner';
import { PermanentError } from '@hookloom/step-kit';
import type { DatabaseClock } from '../database/clock.js';
import type { Pools } from '../database/pools.js';
import { RunClaimer } from './run-claimer.js';
import { Lanes, type Lane } from './lanes.js';
import { RunFlow } from './run-flow.js';
import { RunWriter } from './run-writer.js';
import { LOAD_VALUE, STORE_VALUE } from './run-writes.sql.js';
import { LEASE_MS, LOST_CLAIM_SECONDS, WorkerLease } from './worker-lease.js';

export interface RunStoreSettings {
  /** How long a worker that does not report keeps its runs, milliseconds. */
  readonly leaseMs?: number;
  /** Told when a run left this worker's hands while others wait for a place under their limit: claim again. */
  readonly onFreePlace?: () => void;
}

/** The run belongs to another worker now, so nothing was written. */
export class RunNotOwned extends Error {
  readonly code = 'run_not_owned';
  constructor(id: string) {
    super(`Run ${id} belongs to another worker now.`);
    this.name = 'RunNotOwned';
  }
}

/** Nothing brings it back, so the step that reads it fails. */
export class StoredValueGone extends PermanentError {
  constructor() {
    super(
      'What an earlier step gave is not stored any more. Retry the run from that step, or replay its event.',
      {
        code: 'value_gone',
      },
    );
  }
}

interface Hold {
  readonly owner: string;
  readonly fence: number;
  /** In which it has a place. */
  readonly lane?: Lane | undefined;
}

/** The truth about runs, in PostgreSQL. One of these for each worker process. */
export class PgRunStore implements RunStore {
  private readonly claimer: RunClaimer;
  private readonly writer: RunWriter;
  private readonly flow: RunFlow;
  private readonly lanes: Lanes;
  private readonly lease: WorkerLease;
  /** Runs handed to the worker, with the owner and the fence of that claim. */
  private readonly inHand = new Map<string, Hold>();

  constructor(
    private readonly pools: Pick<Pools, 'worker'>,
    private readonly clock: Pick<DatabaseClock, 'newId' | 'now'>,
    private readonly settings: RunStoreSettings = {},
  ) {
    this.claimer = new RunClaimer(pools.worker);
    this.writer = new RunWriter(pools.worker);
    this.flow = new RunFlow(pools.worker, clock);
    this.lanes = new Lanes(pools.worker, clock);
    this.lease = new WorkerLease(pools.worker, settings.leaseMs ?? LEASE_MS);
  }

  /** Nothing while the lease is lost, or where it was lost before the answer came: the next `heartbeat` says so and the one after begins a new lease. */
  async claim(limit: number, busy: ReadonlyMap<string, number> = new Map()): Promise<ClaimedRun[]> {
    const owner = this.lease.hasBegun ? this.lease.owner : await this.lease.begin();
    if (owner === undefined) return [];
    const noted: Ownership[] = [];
    const note = (claimed: readonly (Ownership & { readonly lane: Lane | undefined })[]): void => {
      for (const { id, fence, lane } of claimed) this.inHand.set(id, { owner, fence, lane });
      noted.push(...claimed);
    };
    try {
      const claimed = await this.claimer.claim(owner, limit, busy, note);
      if (this.lease.owner === owner) return claimed;
      for (const run of noted) this.letGo(run);
      return [];
    } catch (error) {
      for (const run of noted) this.letGo(run);
      throw error;
    }
  }

  /** Runs became due that the last claim did not find: the next one looks into all lanes again. */
  noteDue(): void {
    this.claimer.noteFreePlace();
  }

  append(
    run: Ownership,
    firstSeq: number,
    entries: readonly WrittenEntry[],
    progress?: RunProgress,
  ): Promise<boolean> {
    return this.whileOwned(run, (owner) => this.writer.append(run, owner, firstSeq, entries, progress));
  }

  async release(
    run: Ownership,
    firstSeq: number,
    entries: readonly WrittenEntry[],
    how: RunRelease,
  ): Promise<boolean> {
    const wasMine = await this.whileOwned(run, (owner) =>
      this.writer.release(run, owner, firstSeq, entries, how),
    );
    const lane = this.inHand.get(run.id)?.lane;
    this.letGo(run);
    if (lane && how.kind === 'finished') await this.callNext(lane);
    if (this.claimer.hasLanesWaiting) {
      this.claimer.noteFreePlace();
      this.settings.onFreePlace?.();
    }
    return wasMine;
  }

  async enterLane(run: ClaimedRun, lane: LaneEntry): Promise<LaneOutcome | false> {
    const owner = this.ownerOf(run);
    const outcome = owner !== undefined && (await this.lanes.enter(run, owner, lane));
    if (outcome === false || owner === undefined) return false;
    const { fence } = run;
    if (outcome.kind === 'entered')
      this.inHand.set(run.id, { owner, fence, lane: { workflowId: run.workflowId, key: lane.key } });
    if (outcome.kind === 'waits') this.letGo(run);
    return outcome;
  }

  /** The next runs of a lane become due. Where this fails, the upkeep does it. */
  private async callNext(lane: Lane): Promise<void> {
    const called = await this.lanes.promote(lane).catch(() => 0);
    if (called === 0) return;
    this.claimer.noteFreePlace();
    this.settings.onFreePlace?.();
  }

  /** @throws RunNotOwned */
  async storeValue(
    run: Ownership & { projectId: string },
    json: string,
  ): Promise<{ ref: string; bytes: number }> {
    const ref = this.clock.newId();
    const content = Buffer.from(json);
    const owner = this.ownerOf(run);
    const values = [ref, content, run.id, run.fence, owner];
    const answer = await this.pools.worker.query({ name: 'store-value', text: STORE_VALUE, values });
    if (answer.rowCount !== 1) throw new RunNotOwned(run.id);
    return { ref, bytes: content.length };
  }

  async loadValue(projectId: string, ref: string): Promise<string> {
    const answer = await this.pools.worker.query<{ json: string }>({
      name: 'load-value',
      text: LOAD_VALUE,
      values: [ref, projectId],
    });
    const json = answer.rows[0]?.json;
    if (json === undefined) throw new StoredValueGone();
    return json;
  }

  respond(run: ClaimedRun, answer: HeldAnswer): Promise<boolean> {
    return this.whileOwned(run, (owner) => this.flow.respond(run, owner, answer));
  }

  async startChild(
    run: ClaimedRun,
    place: StepPlace,
    call: { readonly workflow: string; readonly inputJson: string },
  ): Promise<ChildStart | false> {
    const owner = this.ownerOf(run);
    return owner === undefined ? false : this.flow.startChild(run, owner, place, call);
  }

  async closeWait(run: ClaimedRun, place: StepPlace): Promise<StepAnswer | undefined | false> {
    const owner = this.ownerOf(run);
    return owner === undefined ? false : this.flow.closeWait(run, owner, place);
  }

  answerParent(run: ClaimedRun, result: StepAnswer): Promise<boolean> {
    return this.whileOwned(run, (owner) => this.flow.answerParent(run, owner, result));
  }

  async startErrorRun(
    run: ClaimedRun,
    start: { readonly seq: number; readonly triggerStepId: string; readonly inputJson: string },
  ): Promise<string | false> {
    const owner = this.ownerOf(run);
    return owner === undefined ? false : this.flow.startErrorRun(run, owner, start);
  }

  /** @throws if the database cannot be reached while the lease still holds: try again soon */
  async heartbeat(): Promise<{ alive: boolean; cancelled: readonly string[] }> {
    if (!this.lease.hasBegun) {
      await this.lease.begin();
      return { alive: true, cancelled: [] };
    }
    const renewal = await this.lease.renew().catch((error: unknown) => {
      if (this.lease.isOver()) return 'lost' as const;
      throw error;
    });
    if (renewal === 'abandoned') return { alive: true, cancelled: [] };
    if (renewal === 'lost') {
      this.abandon();
      return { alive: false, cancelled: [] };
    }
    await this.handBackUnknown(renewal.owner, renewal.owned);
    return { alive: true, cancelled: renewal.cancelled };
  }

  abandon(): void {
    this.lease.forget();
    this.inHand.clear();
  }

  /** Waits for writes under way and ends the lease. Hand back or finish all runs before. */
  async close(): Promise<void> {
    await this.writer.drain();
    await this.lease.end();
  }

  private whileOwned(run: Ownership, write: (owner: string) => Promise<boolean>): Promise<boolean> {
    const owner = this.ownerOf(run);
    return owner === undefined ? Promise.resolve(false) : write(owner);
  }

  private ownerOf(run: Ownership): string | undefined {
    const hold = this.inHand.get(run.id);
    return hold?.fence === run.fence ? hold.owner : undefined;
  }

  /** Unless it was claimed again meanwhile: answers of two connections may overtake each other. */
  private letGo(run: Ownership): void {
    if (this.inHand.get(run.id)?.fence === run.fence) this.inHand.delete(run.id);
  }

  /** Runs of a claim whose answer was lost: owned by this worker, but nobody here knows them. */
  private async handBackUnknown(owner: string, owned: readonly string[]): Promise<void> {
    const unknown = owned.filter((id) => !this.inHand.has(id));
    if (unknown.length === 0) return;
    await this.pools.worker.query(
      `update run_queue set state = 'queued', owner = null, available_at = now()
       where owner = $1 and state = 'running' and id = any($2)
         and claimed_at < now() - $3 * interval '1 second'`,
      [owner, unknown, LOST_CLAIM_SECONDS],
    );
  }
}
