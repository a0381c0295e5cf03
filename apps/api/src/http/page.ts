import type { Page, PageQuery } from '@hookloom/contracts';
import type { PageOf, RowPage } from '@hookloom/persistence';
import { invalid } from '@hookloom/server-kit';
import { z } from 'zod';

const Cursor = z.guid();

/** The page that a list's query asks for. @throws ProblemError 422 for a cursor that no page gave */
export function toPageOf(query: PageQuery): PageOf {
  if (query.cursor === undefined) return { limit: query.limit, after: undefined };
  const after = Cursor.safeParse(query.cursor);
  if (!after.success) throw invalid([{ path: 'cursor', message: 'Use the nextCursor of the page before.' }]);
  return { limit: query.limit, after: after.data };
}

/** A page of rows as the API shows it. */
export function toPage<Row, View>(page: RowPage<Row>, toView: (row: Row) => View): Page<View> {
  return { items: page.rows.map(toView), nextCursor: page.next };
}
