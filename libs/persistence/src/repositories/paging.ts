import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** One page of rows, newest first. */
export interface RowPage<Row> {
  readonly rows: Row[];
  /** Id to go on after; `null` on the last page. */
  readonly next: string | null;
}

export interface PageOf {
  readonly limit: number;
  /** Id of the last row of the page before. */
  readonly after: string | undefined;
}

/** Pages by id: UUIDv7 grows with time, so the id is the order and the cursor. The query's alias must be `row`. */
export async function pageById<Row extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<Row>,
  page: PageOf,
): Promise<RowPage<Row>> {
  if (page.after !== undefined) query.andWhere('row.id < :after', { after: page.after });
  const rows = await query
    .orderBy('row.id', 'DESC')
    .limit(page.limit + 1)
    .getMany();
  return cutPage(rows, page.limit, ({ id }) => id);
}

/** A page out of rows of which one more than `limit` was asked for, to know whether it is the last. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): RowPage<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { rows: items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
