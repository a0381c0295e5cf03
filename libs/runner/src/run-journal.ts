import { LIMITS, type JournalEntry, type ValueRef } from '@hookloom/contracts';
import { apply, type RunState } from '@hookloom/engine';
import type { ClaimedRun, RunRelease, RunStore, WrittenEntry } from './ports.js';
import { progressOf } from './progress-of.js';
import { ours, RunLost, untilDone } from './run-faults.js';

/** Entries kept in memory at the most: a long run writes its journal in parts. */
const ENTRIES_IN_MEMORY = 200;

/** What a step's execution needs of a journal. */
export type StepJournal = Pick<
  RunJournal,
  'state' | 'add' | 'addOutput' | 'storeValue' | 'noteEffect' | 'beforeEffect' | 'write'
>;

/**
 * Applies entries to the run's state and writes them: a short run's all at once when it ends, a longer one's
 * in parts, and always before an effect that must not happen twice.
 */
export class RunJournal {
  /** What is not written yet; the first has the number `firstSeq`. */
  private entries: WrittenEntry[] = [];
  private firstSeq: number;
  /** Number of the latest entry that tells of an effect outside. */
  private lastEffectSeq = -1;
  /** Branches run side by side, but the journal is written by one at a time. */
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: RunStore,
    private readonly run: ClaimedRun,
    readonly state: RunState,
    private readonly signal: AbortSignal,
  ) {
    this.firstSeq = run.journal.length;
  }

  add(entry: JournalEntry, outputJson?: string): void {
    apply(this.state, entry);
    this.entries.push({ entry, outputJson });
  }

  /** An output over LIMITS.inlineBytes is stored beside the journal, once. @throws RunLost */
  async addOutput(entry: Extract<JournalEntry, { kind: 'succeeded' }>, outputJson: string): Promise<void> {
    if (outputJson.length * 3 <= LIMITS.inlineBytes || Buffer.byteLength(outputJson) <= LIMITS.inlineBytes) {
      this.add(entry, outputJson);
      return;
    }
    this.add({ ...entry, outputRef: await this.storeValue(outputJson) });
  }

  /** Stores a value beside the journal. @throws RunLost */
  storeValue(json: string): Promise<ValueRef> {
    return this.untilDone(() => this.store.storeValue(this.run, json));
  }

  /** @throws RunPostponed while it cannot be read; StepError where it is gone */
  loadValue(ref: string): Promise<string> {
    return ours(() => this.store.loadValue(this.run.projectId, ref));
  }

  /** Says that the latest entry tells of an effect outside, so that it is written before the next one. */
  noteEffect(): void {
    this.lastEffectSeq = this.firstSeq + this.entries.length - 1;
  }

  get isWritten(): boolean {
    return this.entries.length === 0;
  }

  /** Writes before an effect what a crash would otherwise make us do twice. @throws RunLost */
  async beforeEffect(): Promise<void> {
    if (this.lastEffectSeq >= this.firstSeq) await this.write();
  }

  /** Writes when much has gathered. @throws RunLost */
  async whenLong(): Promise<void> {
    if (this.entries.length >= ENTRIES_IN_MEMORY) await this.write();
  }

  /** Makes all entries so far durable. @throws RunLost if the run is no longer ours */
  write(): Promise<void> {
    this.writing = this.writing.then(() => this.writeGathered());
    return this.writing;
  }

  private async writeGathered(): Promise<void> {
    const gathered = [...this.entries];
    if (gathered.length === 0) return;
    const progress = progressOf(this.state);
    const isOurs = await this.untilDone(() => this.store.append(this.run, this.firstSeq, gathered, progress));
    if (!isOurs) throw new RunLost();
    this.entries = this.entries.slice(gathered.length);
    this.firstSeq += gathered.length;
  }

  /** Ends our hold on the run, together with what is not written yet. @throws RunLost if it was not ours any more */
  release(how: RunRelease): Promise<void> {
    this.writing = this.writing.then(async () => {
      const last = this.entries;
      this.entries = [];
      const ended = { ...how, progress: progressOf(this.state) };
      const wasOurs = await this.untilDone(() => this.store.release(this.run, this.firstSeq, last, ended));
      if (!wasOurs) throw new RunLost();
    });
    return this.writing;
  }

  private untilDone<T>(write: () => Promise<T>): Promise<T> {
    return untilDone(write, this.signal);
  }
}
