import { LIMITS } from '@hookloom/contracts';
import { BatchWriter, type BatchLimits, type Pending } from '../database/batch-writer.js';
import { encodeArray, uuid } from '../database/binary-arrays.js';
import type { Pools } from '../database/pools.js';
import { StorageUnavailable } from '../database/storage-errors.js';
import { RECORD, RECORD_DUPLICATES } from './accept.sql.js';
import type { AcceptedEvent, AcceptOutcome, RecordedEvent } from './accepted-event.js';
import { Backlog } from './backlog.js';
import { insertEvents, type EventRunKind, type KeyedEvent } from './insert-events.js';
import { encodeEvents, eventBytes, eventKey } from './event-columns.js';

const MIB = 1024 * 1024;

export interface AcceptSettings {
  /** How long a request is held while the database is away, milliseconds. */
  readonly holdMs?: number;
  /** Above this many waiting runs new ones are refused. */
  readonly waitingRuns?: number;
  /** What the runs are that its events start: `event` when left out. */
  readonly kind?: EventRunKind;
}

type PendingEvent = Pending<KeyedEvent, AcceptOutcome>;

/** Writes what trigger URLs receive: the only writer whose commit stands behind a 2xx. */
export class AcceptWriter {
  private readonly accepting: BatchWriter<KeyedEvent, AcceptOutcome>;
  private readonly recording: BatchWriter<RecordedEvent, void>;
  private readonly backlog: Backlog;
  private readonly kind: EventRunKind;
  private isClosed = false;

  constructor(
    private readonly pools: Pick<Pools, 'accept' | 'aside'>,
    settings: AcceptSettings = {},
  ) {
    const holdMs = settings.holdMs ?? 2_000;
    this.kind = settings.kind ?? 'event';
    this.accepting = new BatchWriter(acceptLimits(holdMs), (batch) => this.writeEvents(batch));
    this.recording = new BatchWriter(recordLimits(holdMs), (batch) => this.writeRecords(batch));
    this.backlog = new Backlog(pools.aside, settings.waitingRuns ?? LIMITS.waitingRuns);
  }

  /**
   * Resolves only after the commit.
   *
   * @throws StorageUnavailable after holding the event through an outage in vain; it may be stored all the same,
   * and the sender's repeat is then recognised by its key
   */
  async accept(event: AcceptedEvent): Promise<AcceptOutcome> {
    this.refuseIfClosed();
    if (event.runs.length > 0 && this.backlog.isFull()) return { kind: 'full' };
    const key = event.dedupeKey === undefined ? undefined : eventKey(event.endpointId, event.dedupeKey);
    return this.accepting.add({ event, key }, eventBytes(event));
  }

  /** Logs a refused request or a handshake, on connections of its own. @throws StorageUnavailable */
  async record(event: RecordedEvent): Promise<void> {
    this.refuseIfClosed();
    return this.recording.add(event, eventBytes(event));
  }

  /** Whether events that start runs are refused now because too many runs wait. */
  isFull(): boolean {
    return this.backlog.isFull();
  }

  /** Refuses new events and waits for those under way. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([this.accepting.drain(), this.recording.drain()]);
  }

  private refuseIfClosed(): void {
    if (this.isClosed) throw new StorageUnavailable('The server is stopping. Try again shortly.');
  }

  private async writeEvents(batch: readonly PendingEvent[]): Promise<void> {
    const { leaders, followers } = collapse(batch);
    const refused = await insertEvents(
      this.pools.accept,
      this.kind,
      leaders.map((leader) => leader.item),
    );
    const losers: PendingEvent[] = [];
    for (const leader of leaders) {
      const { event, key } = leader.item;
      const isFresh = refused.get(event.id);
      if (isFresh === false) leader.resolve({ kind: 'stale' });
      else if (isFresh === undefined || key === undefined) leader.resolve({ kind: 'stored' });
      else losers.push(leader);
    }
    losers.push(...followers);
    if (losers.length > 0) await this.settleLosers(losers);
  }

  /** Those whose key was there already: repeats, or this very event stored by an earlier try. */
  private async settleLosers(losers: readonly PendingEvent[]): Promise<void> {
    const events = losers.map(({ item }) => ({ ...item.event, status: 'duplicate', reason: undefined }));
    const answer = await this.pools.accept.query<{ id: string; first_id: string }>({
      name: 'record-duplicates',
      text: RECORD_DUPLICATES,
      values: [
        ...encodeEvents(events),
        encodeArray(
          uuid,
          losers.map(({ item }) => item.key),
        ),
      ],
    });
    const firstIds = new Map(answer.rows.map((row) => [row.id, row.first_id]));
    for (const loser of losers) {
      const { id } = loser.item.event;
      const firstId = firstIds.get(id);
      if (firstId !== undefined)
        loser.resolve(firstId === id ? { kind: 'stored' } : { kind: 'duplicate', of: firstId });
    }
    if (firstIds.size < losers.length)
      throw new Error('A key ended between two statements; the event is written anew.');
  }

  private async writeRecords(batch: readonly Pending<RecordedEvent, void>[]): Promise<void> {
    await this.pools.aside.query({
      name: 'record',
      text: RECORD,
      values: encodeEvents(batch.map(({ item }) => item)),
    });
    for (const pending of batch) pending.resolve();
  }
}

/**
 * Sorts by key, so that two statements never wait for each other in a circle, and lets only the first of equal
 * keys into the statement (the same key twice is an error); the others follow as its repeats.
 */
function collapse(batch: readonly PendingEvent[]): { leaders: PendingEvent[]; followers: PendingEvent[] } {
  const sorted = batch.toSorted((a, b) => compare(a.item.key ?? '', b.item.key ?? ''));
  const leaders: PendingEvent[] = [];
  const followers: PendingEvent[] = [];
  for (const pending of sorted) {
    const isRepeat = pending.item.key !== undefined && pending.item.key === leaders.at(-1)?.item.key;
    (isRepeat ? followers : leaders).push(pending);
  }
  return { leaders, followers };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function acceptLimits(holdMs: number): BatchLimits {
  return { lanes: 2, rows: 200, bytes: 4 * MIB, heldRows: 10_000, heldBytes: 96 * MIB, holdMs };
}

/** Floods of refused requests fill this small room and no other. */
function recordLimits(holdMs: number): BatchLimits {
  return { lanes: 1, rows: 100, bytes: 2 * MIB, heldRows: 1_000, heldBytes: 16 * MIB, holdMs };
}
