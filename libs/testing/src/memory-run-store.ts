import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { JournalEntry } from '@hookloom/contracts';
import type {
  ChildStart,
  ClaimedRun,
  Destinations,
  EventBodySource,
  HeldAnswer,
  LaneEntry,
  LaneOutcome,
  Ownership,
  RunAnswer,
  RunRelease,
  RunStore,
  StepAnswer,
  StepPlace,
  WrittenEntry,
} from '@hookloom/runner';

/** Every call may be made. */
export const OPEN_ROADS: Destinations = {
  ask: async () => ({ kind: 'clear' }),
  note: () => undefined,
};

/** No event came with any run. */
export const NO_BODIES: EventBodySource = { find: async () => ({ kind: 'foreign' }) };

interface StoredRun {
  run: ClaimedRun;
  journal: JournalEntry[];
  owned: boolean;
  releases: RunRelease[];
  answers: RunAnswer[];
}

/** A run store in memory: fences, journal and releases as the real one has them, for tests of the runner. */
export class MemoryRunStore implements RunStore {
  private readonly runs = new Map<string, StoredRun>();
  private readonly values = new Map<string, string>();
  /** How often entries were made durable before a run's end. */
  appends = 0;
  /** Thrown by the next writes, one each. */
  readonly failures: Error[] = [];

  add(run: ClaimedRun): void {
    this.runs.set(run.id, { run, journal: [...run.journal], owned: false, releases: [], answers: [] });
  }

  async claim(limit: number): Promise<ClaimedRun[]> {
    const free = [...this.runs.values()]
      .filter((stored) => !stored.owned && this.isOpen(stored))
      .slice(0, limit);
    return free.map((stored) => {
      stored.owned = true;
      stored.run = {
        ...stored.run,
        fence: stored.run.fence + 1,
        journal: [...stored.journal],
        answers: [...stored.answers],
      };
      return stored.run;
    });
  }

  async append(run: Ownership, firstSeq: number, entries: readonly WrittenEntry[]): Promise<boolean> {
    this.failIfAsked();
    const stored = this.owned(run);
    if (!stored) return false;
    this.appends += 1;
    this.write(stored, firstSeq, entries);
    return true;
  }

  async release(
    run: Ownership,
    firstSeq: number,
    entries: readonly WrittenEntry[],
    how: RunRelease,
  ): Promise<boolean> {
    this.failIfAsked();
    const stored = this.owned(run);
    if (!stored) return false;
    this.write(stored, firstSeq, entries);
    stored.releases.push(how);
    stored.owned = false;
    return true;
  }

  async storeValue(_run: Ownership, json: string): Promise<{ ref: string; bytes: number }> {
    const ref = randomUUID();
    this.values.set(ref, json);
    return { ref, bytes: Buffer.byteLength(json) };
  }

  async loadValue(_projectId: string, ref: string): Promise<string> {
    const value = this.values.get(ref);
    if (value === undefined) throw new Error(`no value ${ref}`);
    return value;
  }

  /** What runs gave to held requests, in order. */
  readonly responses: HeldAnswer[] = [];
  /** Runs that were started: the place in the parent, or the error trigger. */
  readonly children: { readonly runId: string; readonly from: string; readonly inputJson: string }[] = [];
  /** What was told to the run that waits for this one. */
  readonly toldParents: StepAnswer[] = [];

  async respond(run: ClaimedRun, answer: HeldAnswer): Promise<boolean> {
    if (!this.owned(run)) return false;
    this.responses.push(answer);
    return true;
  }

  async startChild(
    run: ClaimedRun,
    place: StepPlace,
    call: { readonly workflow: string; readonly inputJson: string },
  ): Promise<ChildStart | false> {
    if (!this.owned(run)) return false;
    return { kind: 'started', runId: this.child(`${place.generation}/${place.path}`, call.inputJson) };
  }

  /** What `enterLane` answers, in order; then that the run goes on. */
  readonly turns: LaneOutcome[] = [];
  /** Lanes that runs asked for. */
  readonly lanes: LaneEntry[] = [];

  async enterLane(run: ClaimedRun, lane: LaneEntry): Promise<LaneOutcome | false> {
    const stored = this.owned(run);
    if (!stored) return false;
    this.lanes.push(lane);
    const outcome = this.turns.shift() ?? { kind: 'entered' as const, skipped: [] };
    if (outcome.kind === 'waits') stored.owned = false;
    return outcome;
  }

  async closeWait(run: ClaimedRun, place: StepPlace): Promise<StepAnswer | undefined | false> {
    const stored = this.owned(run);
    if (!stored) return false;
    return stored.answers.find(
      ({ path, generation }) => path === place.path && generation === place.generation,
    )?.result;
  }

  async answerParent(run: ClaimedRun, result: StepAnswer): Promise<boolean> {
    if (!this.owned(run)) return false;
    this.toldParents.push(result);
    return true;
  }

  async startErrorRun(
    run: ClaimedRun,
    start: { readonly seq: number; readonly triggerStepId: string; readonly inputJson: string },
  ): Promise<string | false> {
    return this.owned(run) ? this.child(`${start.triggerStepId}/${start.seq}`, start.inputJson) : false;
  }

  /** What a waiting step of a run waited for comes. */
  answer(id: string, path: string, result: StepAnswer, generation = 0): void {
    this.stored(id).answers.push({ path, generation, result });
  }

  private child(from: string, inputJson: string): string {
    const known = this.children.find((child) => child.from === from);
    const runId = known?.runId ?? randomUUID();
    if (!known) this.children.push({ runId, from, inputJson });
    return runId;
  }

  async heartbeat(): Promise<{ alive: boolean; cancelled: readonly string[] }> {
    return { alive: true, cancelled: [] };
  }

  abandon(): void {
    for (const stored of this.runs.values()) stored.owned = false;
  }

  /** As if another worker had claimed the run after this one's lease had ended. */
  takeAway(id: string): void {
    const stored = this.stored(id);
    stored.run = { ...stored.run, fence: stored.run.fence + 1 };
  }

  /** As if the worker had been killed: another one may claim the run, and this one's writes change nothing. */
  crash(id: string): void {
    this.takeAway(id);
    this.stored(id).owned = false;
  }

  journalOf(id: string): JournalEntry[] {
    return this.stored(id).journal;
  }

  lastReleaseOf(id: string): RunRelease | undefined {
    return this.stored(id).releases.at(-1);
  }

  private isOpen(stored: StoredRun): boolean {
    return stored.releases.at(-1)?.kind !== 'finished';
  }

  private owned(run: Ownership): StoredRun | undefined {
    const stored = this.runs.get(run.id);
    return stored && stored.owned && stored.run.fence === run.fence ? stored : undefined;
  }

  private stored(id: string): StoredRun {
    const stored = this.runs.get(id);
    if (!stored) throw new Error(`no run ${id}`);
    return stored;
  }

  /** A try whose answer was lost was written all the same, so the same part may come again. */
  private write(stored: StoredRun, firstSeq: number, entries: readonly WrittenEntry[]): void {
    const written = entries.map(({ entry, outputJson }) =>
      outputJson === undefined || 'outputRef' in entry ? entry : withOutput(entry, outputJson),
    );
    const before = stored.journal.slice(firstSeq);
    if (stored.journal.length < firstSeq || !isDeepStrictEqual(before, written.slice(0, before.length)))
      throw new Error(`journal has ${stored.journal.length} entries; others came from ${firstSeq} on`);
    stored.journal.push(...written.slice(before.length));
  }

  private failIfAsked(): void {
    const failure = this.failures.shift();
    if (failure) throw failure;
  }
}

function withOutput(entry: JournalEntry, outputJson: string): JournalEntry {
  return entry.kind === 'succeeded' || entry.kind === 'looping'
    ? { ...entry, output: JSON.parse(outputJson) }
    : entry;
}
