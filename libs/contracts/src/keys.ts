import { z } from 'zod';

/** Names a workflow, endpoint or connection inside one project and kind; never changes. */
export const Key = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens.');

const RESERVED_STEP_IDS = new Set(['and', 'or', 'in']);

/** What expressions call a step: no hyphen, since JSONata reads it as minus. */
export const StepId = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9_]{0,63}$/, 'Begin with a lower-case letter; use letters, digits and _ only.')
  .refine((id) => !RESERVED_STEP_IDS.has(id), 'This word has a meaning in JSONata; choose another id.');

/**
 * Makes a key from a name: lower case, accents dropped, everything else becomes hyphens.
 *
 * @returns a text that `Key` accepts; `fallback` when the name has no usable letter or digit
 */
export function keyFromName(name: string, fallback: string): string {
  const key = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 56)
    .replace(/^-+|-+$/g, '');
  return key === '' ? fallback : key;
}
