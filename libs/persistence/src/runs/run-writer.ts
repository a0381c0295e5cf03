import type { Ownership, RunProgress, RunRelease, WrittenEntry } from '@hookloom/runner';
import type pg from 'pg';
import { BatchWriter, type BatchLimits, type Pending } from '../database/batch-writer.js';
import { bytea, encodeArray, int4, text, timestamp, uuid } from '../database/binary-arrays.js';
import { encodeEntries } from './journal-bytes.js';
import { APPEND, FINISH, FINISHED_EARLIER, PAUSE } from './run-writes.sql.js';

/** Entries of one run, written under one hold. */
interface JournalPart extends Ownership {
  readonly owner: string;
  readonly firstSeq: number;
  readonly entries: Buffer;
  readonly entryCount: number;
  readonly progress?: RunProgress | undefined;
}
type Finished = JournalPart & Extract<RunRelease, { kind: 'finished' }>;
type Paused = JournalPart & Exclude<RunRelease, { kind: 'finished' }>;

/** The runner repeats its writes itself for as long as the lease holds; this is one try of it. */
const LIMITS_OF_WRITES: BatchLimits = {
  lanes: 2,
  rows: 200,
  bytes: 8 * 1024 * 1024,
  heldRows: 20_000,
  heldBytes: 256 * 1024 * 1024,
  holdMs: 10_000,
};

/** Writes journals and ends of runs: one statement for all that gathered while the last ones were under way. */
export class RunWriter {
  private readonly appends: BatchWriter<JournalPart, boolean>;
  private readonly ends: BatchWriter<Finished | Paused, boolean>;

  constructor(private readonly pool: pg.Pool) {
    this.appends = new BatchWriter(LIMITS_OF_WRITES, (batch) => this.writeAppends(batch));
    this.ends = new BatchWriter(LIMITS_OF_WRITES, (batch) => this.writeEnds(batch));
  }

  /** @returns whether the run is still this owner's @throws StorageUnavailable */
  append(
    run: Ownership,
    owner: string,
    firstSeq: number,
    entries: readonly WrittenEntry[],
    progress?: RunProgress,
  ): Promise<boolean> {
    const part = { ...toPart(run, owner, firstSeq, entries), progress };
    return this.appends.add(part, part.entries.length);
  }

  /** @returns whether the run was still this owner's @throws StorageUnavailable */
  release(
    run: Ownership,
    owner: string,
    firstSeq: number,
    entries: readonly WrittenEntry[],
    how: RunRelease,
  ): Promise<boolean> {
    const part = toPart(run, owner, firstSeq, entries);
    return this.ends.add({ ...part, ...how }, part.entries.length);
  }

  async drain(): Promise<void> {
    await Promise.all([this.appends.drain(), this.ends.drain()]);
  }

  private async writeAppends(batch: readonly Pending<JournalPart, boolean>[]): Promise<void> {
    for (const [owner, parts] of byOwner(batch)) {
      const mine = await this.ids('append', APPEND, [owner, ...partColumns(parts)]);
      for (const pending of parts) pending.resolve(mine.has(pending.item.id));
    }
  }

  private async writeEnds(batch: readonly Pending<Finished | Paused, boolean>[]): Promise<void> {
    for (const [owner, ends] of byOwner(batch)) {
      const finished = ends.filter(isFinished);
      const paused = ends.filter(isPaused);
      if (finished.length > 0) await this.finish(owner, finished);
      if (paused.length > 0) await this.pause(owner, paused);
    }
  }

  private async finish(owner: string, runs: readonly Pending<Finished, boolean>[]): Promise<void> {
    const gone = await this.ids('finish', FINISH, [
      owner,
      ...partColumns(runs),
      encodeArray(
        text,
        runs.map(({ item }) => item.status),
      ),
      encodeArray(
        text,
        runs.map(({ item }) => (item.error === undefined ? undefined : JSON.stringify(item.error))),
      ),
      encodeArray(
        timestamp,
        runs.map(({ item }) => item.finishedAt),
      ),
    ]);
    const missing = runs.filter((pending) => !gone.has(pending.item.id));
    const earlier = missing.length > 0 ? await this.finishedEarlier(missing) : new Set();
    for (const pending of runs) pending.resolve(gone.has(pending.item.id) || earlier.has(pending.item.id));
  }

  private finishedEarlier(runs: readonly Pending<Finished, boolean>[]): Promise<Set<string>> {
    return this.ids('finished-earlier', FINISHED_EARLIER, [
      encodeArray(
        uuid,
        runs.map(({ item }) => item.id),
      ),
      encodeArray(
        int4,
        runs.map(({ item }) => item.fence),
      ),
    ]);
  }

  private async pause(owner: string, runs: readonly Pending<Paused, boolean>[]): Promise<void> {
    const paused = await this.ids('pause', PAUSE, [
      owner,
      ...partColumns(runs),
      encodeArray(
        text,
        runs.map(({ item }) => (item.kind === 'asleep' ? 'waiting' : 'queued')),
      ),
      encodeArray(
        timestamp,
        runs.map(({ item }) => (item.kind === 'asleep' ? item.until : undefined)),
      ),
    ]);
    for (const pending of runs) pending.resolve(paused.has(pending.item.id));
  }

  private async ids(name: string, sql: string, values: unknown[]): Promise<Set<string>> {
    const answer = await this.pool.query<{ id: string }>({ name, text: sql, values });
    return new Set(answer.rows.map((row) => row.id));
  }
}

function toPart(
  run: Ownership,
  owner: string,
  firstSeq: number,
  entries: readonly WrittenEntry[],
): JournalPart {
  const { id, fence } = run;
  return { id, fence, owner, firstSeq, entries: encodeEntries(entries), entryCount: entries.length };
}

/** Nearly always one: only after a lost lease do two owners of one process write at the same time. */
function byOwner<Item extends JournalPart>(
  batch: readonly Pending<Item, boolean>[],
): Map<string, Pending<Item, boolean>[]> {
  const owners = new Map<string, Pending<Item, boolean>[]>();
  for (const pending of batch) {
    const ofOwner = owners.get(pending.item.owner) ?? [];
    ofOwner.push(pending);
    owners.set(pending.item.owner, ofOwner);
  }
  return owners;
}

function isFinished(pending: Pending<Finished | Paused, boolean>): pending is Pending<Finished, boolean> {
  return pending.item.kind === 'finished';
}

function isPaused(pending: Pending<Finished | Paused, boolean>): pending is Pending<Paused, boolean> {
  return pending.item.kind !== 'finished';
}

function partColumns(parts: readonly Pending<JournalPart, boolean>[]): Buffer[] {
  return [
    encodeArray(
      uuid,
      parts.map(({ item }) => item.id),
    ),
    numbers(parts, ({ fence }) => fence),
    numbers(parts, ({ firstSeq }) => firstSeq),
    encodeArray(
      bytea,
      parts.map(({ item }) => item.entries),
    ),
    numbers(parts, ({ entryCount }) => entryCount),
    numbers(parts, ({ progress }) => progress?.done),
    numbers(parts, ({ progress }) => progress?.total),
    numbers(parts, ({ progress }) => progress?.attempt),
  ];
}

function numbers(
  parts: readonly Pending<JournalPart, boolean>[],
  of: (part: JournalPart) => number | undefined,
): Buffer {
  return encodeArray(
    int4,
    parts.map(({ item }) => of(item)),
  );
}
