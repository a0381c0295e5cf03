import { z } from 'zod';
import { DeletionNote } from './retention.js';

/** RFC 9457 problem details, the shape of every error that the API answers. */
export const Problem = z
  .object({
    type: z.string().optional(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.string().optional(),
    errors: z.array(z.looseObject({ path: z.string(), message: z.string() })).optional(),
    deleted: DeletionNote.optional().meta({ description: 'What came on that day was deleted by its rule.' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** Query of every list: newest first. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(512).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** What a person looks for. Postgres knows no NUL, so nothing stored can hold one. */
export const SearchText = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0'), 'Leave out NUL.');
