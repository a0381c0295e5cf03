import type { EntityManager } from 'typeorm';
import { conditionsBesidesText, textCondition, type EventChoice } from './event-conditions.js';
import { cutPage, type PageOf, type RowPage } from './paging.js';

/** A page looks about this long; what it has not seen then, the next page sees. */
const PATIENCE_MS = 1_000;
/** Events looked into at once: few at first, so that what is recent is found at once, then more and more. */
const FIRST_WINDOW = 5_000;
const GROWTH = 4;
const LARGEST_WINDOW = 200_000;

/** One stretch of events, newest first: ids below `below`, down to `lowest`. */
interface Window {
  /** `undefined`: down to the oldest. */
  readonly lowest: string | undefined;
  readonly below: string | undefined;
}

/**
 * Looks for a text in events, newest first. No index holds the bodies: it would cost each accept more than
 * looking through a million bodies costs the one who searches.
 */
export class EventSearch {
  constructor(private readonly manager: EntityManager) {}

  /** Ids of the events that hold the text. With fewer than asked, `next` says how far it looked. */
  async find(projectId: string, filter: EventChoice, text: string, page: PageOf): Promise<RowPage<string>> {
    const found: string[] = [];
    const endsAt = performance.now() + PATIENCE_MS;
    let below = page.after;
    for (let size = FIRST_WINDOW; ; size = Math.min(size * GROWTH, LARGEST_WINDOW)) {
      const lowest = await this.lowestOf(projectId, filter, below, size);
      const wanted = page.limit + 1 - found.length;
      found.push(...(await this.lookInto(projectId, filter, text, { lowest, below }, wanted)));
      if (found.length > page.limit) return cutPage(found, page.limit, (id) => id);
      if (lowest === undefined) return { rows: found, next: null };
      if (performance.now() > endsAt) return { rows: found, next: lowest };
      below = lowest;
    }
  }

  /** The id that `size` events lie above; `undefined` when fewer are left. */
  private async lowestOf(
    projectId: string,
    filter: EventChoice,
    below: string | undefined,
    size: number,
  ): Promise<string | undefined> {
    const where = conditionsBesidesText(projectId, filter).addIfGiven('id < ?', below);
    const rows = await this.manager.query<{ id: string }[]>(
      `select id from event where ${where.sql} order by id desc offset ${where.parameter(size - 1)} limit 1`,
      where.values,
    );
    return rows[0]?.id;
  }

  private async lookInto(
    projectId: string,
    filter: EventChoice,
    text: string,
    { lowest, below }: Window,
    limit: number,
  ): Promise<string[]> {
    const where = conditionsBesidesText(projectId, filter)
      .addIfGiven('id >= ?', lowest)
      .addIfGiven('id < ?', below)
      .add(textCondition('?'), text);
    const rows = await this.manager.query<{ id: string }[]>(
      `select id from event where ${where.sql} order by id desc limit ${where.parameter(limit)}`,
      where.values,
    );
    return rows.map(({ id }) => id);
  }
}
