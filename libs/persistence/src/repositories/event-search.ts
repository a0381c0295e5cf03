import { holdsIn, type EventComparison } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import type { Conditions } from './conditions.js';
import { indexedConditions, withinRows, type EventChoice } from './event-conditions.js';
import { cutPage, type PageOf, type RowPage } from './paging.js';

/** A page looks about this long; what it has not seen then, the next page sees. */
const PATIENCE_MS = 1_000;
/** Events looked into at once: few at first, so that what is recent is found at once. */
const FIRST_WINDOWS = [5_000, 20_000] as const;
const WINDOW = 200_000;
/**
 * What is left then, in a table no larger than this, is read from end to end in the order in which it lies on the disk,
 * by all cores: that takes half the time.
 */
const REST_BYTES = 2 * 1024 ** 3;
/**
 * Asked for a plan as if several cores were free: few rows come out, however many go in. Reading ahead costs more than it
 * gains where a table is read as it lies: the system does that anyway.
 */
const READ_SETTINGS =
  'set local parallel_tuple_cost = 0; set local jit = off; set local effective_io_concurrency = 0';
/** Bodies are parsed in this process, a few milliseconds at once; larger ones are passed over. */
const COMPARED_WINDOW = 2_000;
const COMPARED_BYTES = 256 * 1024;
const COMPARED_AT_ONCE_BYTES = 1024 * 1024;

/** What to look for: a filter, and a comparison with a value of the body. */
export type EventSought = EventChoice & { readonly where?: EventComparison | undefined };

/** One stretch of events, newest first: ids below `below`, down to `lowest`. */
interface Stretch {
  /** `undefined`: down to the oldest. */
  readonly lowest: string | undefined;
  readonly below: string | undefined;
}

/** Where a stretch ends. */
interface StretchEnd extends Pick<Stretch, 'lowest'> {
  /** Whether it is all that is left, read from end to end: a second and more. */
  readonly isRest: boolean;
}

/**
 * Looks into events, newest first. No index holds their bodies: it would cost each accept more than looking
 * through a million bodies costs the one who searches.
 */
export class EventSearch {
  constructor(
    private readonly manager: EntityManager,
    private readonly projectId: string,
    private readonly sought: EventSought,
  ) {}

  /** Ids of the events that fit. With fewer than asked, `next` says how far it looked. */
  async find(page: PageOf): Promise<RowPage<string>> {
    const found: string[] = [];
    const endsAt = performance.now() + PATIENCE_MS;
    let below = page.after;
    for await (const { lowest, isRest } of this.stretches(page.after)) {
      // What is new is shown before what is old has been read.
      if (isRest && found.length > 0) return { rows: found, next: below ?? null };
      found.push(...(await this.lookInto({ lowest, below }, page.limit + 1 - found.length)));
      if (found.length > page.limit) return cutPage(found, page.limit, (id) => id);
      if (lowest === undefined) break;
      if (performance.now() > endsAt) return { rows: found, next: lowest };
      below = lowest;
    }
    return { rows: found, next: null };
  }

  /** One stretch after the other; without a `lowest` it is the last one. */
  private async *stretches(after: string | undefined): AsyncGenerator<StretchEnd> {
    let below = after;
    if (this.sought.where === undefined) {
      for (const size of FIRST_WINDOWS) {
        below = await this.lowestOf(below, size);
        yield { lowest: below, isRest: false };
      }
      const isRest = (await this.tableBytes()) <= REST_BYTES;
      if (isRest) yield { lowest: undefined, isRest };
    }
    const size = this.sought.where === undefined ? WINDOW : COMPARED_WINDOW;
    for (;;) {
      below = await this.lowestOf(below, size);
      yield { lowest: below, isRest: false };
    }
  }

  private async tableBytes(): Promise<number> {
    const rows = await this.manager.query<{ bytes: number | null }[]>(
      `select sum(pg_table_size(relid))::float8 as bytes from pg_partition_tree('event') where isleaf`,
    );
    return rows[0]?.bytes ?? 0;
  }

  /** The id that `size` events lie above; `undefined` when fewer are left. */
  private async lowestOf(below: string | undefined, size: number): Promise<string | undefined> {
    const where = this.indexed().addIfGiven('id < ?', below);
    const rows = await this.manager.query<{ id: string }[]>(
      `select id from event where ${where.sql} order by id desc offset ${where.parameter(size - 1)} limit 1`,
      where.values,
    );
    return rows[0]?.id;
  }

  private async lookInto({ lowest, below }: Stretch, limit: number): Promise<string[]> {
    const inStretch = this.indexed().addIfGiven('id >= ?', lowest).addIfGiven('id < ?', below);
    const where = withinRows(inStretch, this.sought);
    if (this.sought.where !== undefined) return this.compare(where, this.sought.where, limit);
    // Without the fence, the limit would lure it into walking the index.
    const text = `select id from (select id from event where ${where.sql} offset 0) as found
      order by id desc limit ${where.parameter(limit)}`;
    const rows = await this.manager.transaction(async (inside) => {
      await inside.query(READ_SETTINGS);
      return inside.query<{ id: string }[]>(text, where.values);
    });
    return rows.map(({ id }) => id);
  }

  private async compare(where: Conditions, comparison: EventComparison, limit: number): Promise<string[]> {
    const name = comparison.path.findLast((part) => typeof part === 'string');
    where
      .add('body_bytes <= ?', COMPARED_BYTES)
      .addIfGiven(`position(convert_to(?, 'UTF8') in body) > 0`, name && JSON.stringify(name));
    const candidates = await this.manager.query<Candidate[]>(
      `select id, body_bytes as bytes from event where ${where.sql} order by id desc`,
      where.values,
    );
    const found: string[] = [];
    for (const ids of inParts(candidates)) {
      found.push(...(await this.fitting(ids, comparison)));
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Those of these events whose bodies compare so. */
  private async fitting(ids: readonly string[], comparison: EventComparison): Promise<string[]> {
    const where = this.indexed().add('id = any(?::uuid[])', ids);
    const rows = await this.manager.query<{ id: string; body: Buffer }[]>(
      `select id, body from event where ${where.sql} order by id desc`,
      where.values,
    );
    return rows.filter(({ body }) => holdsIn(parsed(body), comparison)).map(({ id }) => id);
  }

  private indexed(): Conditions {
    return indexedConditions(this.projectId, this.sought);
  }
}

interface Candidate {
  readonly id: string;
  readonly bytes: number;
}

/** Cut so that the bodies of one part may be in memory together. */
function* inParts(candidates: readonly Candidate[]): Generator<string[]> {
  let ids: string[] = [];
  let bytes = 0;
  for (const candidate of candidates) {
    if (ids.length > 0 && bytes + candidate.bytes > COMPARED_AT_ONCE_BYTES) {
      yield ids;
      ids = [];
      bytes = 0;
    }
    ids.push(candidate.id);
    bytes += candidate.bytes;
  }
  if (ids.length > 0) yield ids;
}

/** `undefined` for what is no JSON. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
