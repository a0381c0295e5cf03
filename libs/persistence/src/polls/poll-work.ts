import { POLL_SENDER } from '@hookloom/contracts';
import type pg from 'pg';
import type { AcceptedEvent } from '../accept/accepted-event.js';
import { eventKey } from '../accept/event-columns.js';
import { statusByRoutes, toEventRun } from '../accept/event-runs.js';
import { insertEvents } from '../accept/insert-events.js';
import { findRoutes, type EndpointRoute } from '../accept/endpoint-lookup.js';
import type { DatabaseClock } from '../database/clock.js';
import { inTransaction } from '../database/in-transaction.js';
import * as sql from './poll-work.sql.js';

const MINUTE_MS = 60_000;
/** The longest pause after failures, unless the poll itself is rarer. */
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;
/** `Retry-After` is honoured up to this. */
const LONGEST_RETRY_MS = 24 * 60 * MINUTE_MS;
const REMEMBERED_SECONDS = 90 * 86_400;

/** A poll in the hands of this worker, until its lease is over. */
export interface DuePoll {
  readonly workflowId: string;
  readonly stepId: string;
  readonly projectId: string;
  readonly endpointId: string;
  readonly version: number;
  readonly everyMinutes: number;
  readonly fence: number;
  /** It has looked before. */
  readonly isBegun: boolean;
  /** JSON text of what the last look kept. */
  readonly cursorJson: string | null;
  readonly failures: number;
}

/** What a look gave: each item as JSON text with its key, in the order of the list. */
export interface Look {
  readonly items: readonly { readonly key: string; readonly json: string }[];
  /** JSON text; `undefined`: the last one stays. */
  readonly cursorJson: string | undefined;
  /** Whether what is listed at the first look starts runs. */
  readonly takesAll: boolean;
}

/** Events that are on disk now. */
export interface PollFound {
  readonly events: readonly Pick<AcceptedEvent, 'id' | 'status'>[];
  /** Runs that are due: ring for them. */
  readonly runIds: readonly string[];
}

const NOTHING: PollFound = { events: [], runIds: [] };

interface KeyedItem {
  /** The primary key of `event_key`, written as PostgreSQL does. */
  readonly id: string;
  readonly key: string;
  readonly json: string;
}

/**
 * What polls have seen. Each look is one transaction: its events, the keys that tell its items and the cursor are stored
 * together and only by who still holds the poll, so an item becomes exactly one event, however many workers look and
 * whenever one is killed.
 */
export class PollWork {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Pick<DatabaseClock, 'newId' | 'now'>,
  ) {}

  /** Takes up to `limit` polls that are due. Every worker calls it about every second. */
  async takeDue(limit: number): Promise<DuePoll[]> {
    const { rows } = await this.pool.query<DuePoll>(sql.TAKE_DUE, [new Date(this.clock.now()), limit]);
    return rows;
  }

  /** Stores what was found; nothing when the poll is no longer this worker's. */
  finish(poll: DuePoll, look: Look): Promise<PollFound> {
    return inTransaction(this.pool, async (client) => {
      const revision = await this.lock(client, poll);
      if (revision === undefined) return NOTHING;
      const listed = distinct(poll.endpointId, look.items);
      const fresh = await unknown(client, listed);
      const isQuiet = !poll.isBegun && !look.takesAll;
      const routes = isQuiet ? [] : await findRoutes(client, poll.endpointId);
      const events = isQuiet ? [] : fresh.map((item) => this.toEvent(poll, { item, revision, routes }));
      if (isQuiet) await client.query(sql.REMEMBER_KEYS, [idsOf(fresh)]);
      else if (events.length > 0) await insertEvents(client, 'event', keyed(events, fresh));
      if (listed.length > 0) await client.query(sql.RENEW_KEYS, [idsOf(listed)]);
      const now = this.clock.now();
      await client.query(sql.LOOKED, [
        poll.workflowId,
        poll.stepId,
        poll.fence,
        look.cursorJson ?? null,
        new Date(now + poll.everyMinutes * MINUTE_MS),
        new Date(now),
        look.items.length,
        events.length,
      ]);
      const due = events.flatMap(({ runs }) => runs.filter(({ state }) => state === 'queued'));
      return { events, runIds: due.map(({ id }) => id) };
    });
  }

  /** Keeps why a look failed; the next one is the later the more failed before. */
  async fail(poll: DuePoll, message: string, retryAfterMs = 0): Promise<void> {
    const everyMs = poll.everyMinutes * MINUTE_MS;
    const pauseMs = Math.min(
      everyMs * 2 ** Math.min(poll.failures + 1, 20),
      Math.max(everyMs, LONGEST_PAUSE_MS),
    );
    const now = this.clock.now();
    const nextAt = new Date(now + Math.max(pauseMs, Math.min(retryAfterMs, LONGEST_RETRY_MS)));
    await this.pool.query(sql.FAILED, [
      poll.workflowId,
      poll.stepId,
      poll.fence,
      nextAt,
      new Date(now),
      message.replaceAll('\0', ''),
    ]);
  }

  private async lock(client: pg.PoolClient, poll: DuePoll): Promise<number | undefined> {
    const endpoint = await client.query<{ revision: number }>(sql.LOCK_ENDPOINT, [poll.endpointId]);
    const held = await client.query(sql.LOCK_POLL, [poll.workflowId, poll.stepId, poll.fence]);
    return held.rowCount === 0 ? undefined : endpoint.rows[0]?.revision;
  }

  private toEvent(
    { projectId, endpointId }: DuePoll,
    found: { readonly item: KeyedItem; readonly revision: number; readonly routes: readonly EndpointRoute[] },
  ): AcceptedEvent {
    const { item, revision, routes } = found;
    return {
      id: this.clock.newId(),
      projectId,
      endpointId,
      endpointRevision: revision,
      receivedAt: new Date(this.clock.now()),
      status: statusByRoutes(routes),
      method: 'GET',
      query: '',
      headersJson: '{"content-type":"application/json"}',
      contentType: 'application/json',
      body: Buffer.from(item.json),
      sender: POLL_SENDER,
      dedupeKey: item.key,
      dedupeWindowSeconds: REMEMBERED_SECONDS,
      flags: [],
      verification: { status: 'none' },
      answerStatus: 200,
      answerMs: 0,
      runs: routes.map((route) => toEventRun(route, this.clock.newId())),
    };
  }
}

/** Of items with one key the first counts. */
function distinct(endpointId: string, items: Look['items']): KeyedItem[] {
  const first = new Map<string, KeyedItem>();
  for (const { key, json } of items) {
    const id = eventKey(endpointId, key).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    if (!first.has(id)) first.set(id, { id, key, json });
  }
  return [...first.values()];
}

/** Those that were not seen before, in the order of the list. */
async function unknown(client: pg.PoolClient, items: readonly KeyedItem[]): Promise<KeyedItem[]> {
  if (items.length === 0) return [];
  const { rows } = await client.query<{ key: string }>(sql.KNOWN_KEYS, [idsOf(items)]);
  const known = new Set(rows.map(({ key }) => key));
  return items.filter(({ id }) => !known.has(id));
}

function keyed(events: readonly AcceptedEvent[], items: readonly KeyedItem[]) {
  const rows = events.flatMap((event, at) => {
    const item = items[at];
    return item === undefined ? [] : [{ event, key: item.id.replaceAll('-', '') }];
  });
  return rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function idsOf(items: readonly KeyedItem[]): string[] {
  return items.map(({ id }) => id).toSorted();
}
