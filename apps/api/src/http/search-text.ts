import { z } from 'zod';

/** What a person looks for. Postgres knows no NUL, so nothing stored can hold one. */
export const SearchText = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0'), 'Leave out NUL.');
