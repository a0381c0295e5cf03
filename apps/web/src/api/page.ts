import type { Page } from '@hookloom/contracts';
import { z } from 'zod';

/** The most that one page of a list may hold. */
export const FULL_PAGE = 200;

/** The schema of one page of a list. */
export function pageOf<T>(item: z.ZodType<T>): z.ZodType<Page<T>> {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Reads a list to its end, page after page. */
export async function allPages<T>(
  load: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<{ readonly items: T[] }> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { items };
}
