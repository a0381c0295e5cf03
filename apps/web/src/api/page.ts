import type { Page } from '@hookloom/contracts';
import { z } from 'zod';

/** The most that one page of a list may hold. */
export const FULL_PAGE = 200;

/** The schema of one page of a list. */
export function pageOf<T>(item: z.ZodType<T>): z.ZodType<Page<T>> {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
