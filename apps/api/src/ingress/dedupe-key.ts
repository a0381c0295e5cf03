import { referencesOf } from '@hookloom/expressions';

/** All that there is when an event arrives. */
const KNOWN: ReadonlySet<string> = new Set(['trigger', 'input']);
const PARTS_OF_TRIGGER: ReadonlySet<string> = new Set([
  'id',
  'receivedAt',
  'method',
  'headers',
  'query',
  'body',
  'type',
  'sender',
]);

/**
 * A duplicate key as it is evaluated. `body.id` is short for `trigger.body.id`. A name that gives nothing is told of
 * when the endpoint is saved: it could make the same key of different events, and they would not be run.
 */
export function readDedupeKey(key: string): { readonly expression: string } | { readonly unknown: string } {
  const references = referencesOf(key);
  if (references === 'all') return { expression: key };
  const { roots } = references;
  if (roots.every((name) => KNOWN.has(name))) return { expression: key };
  if (roots.every((name) => PARTS_OF_TRIGGER.has(name))) return { expression: `trigger.(${key})` };
  return { unknown: roots.find((name) => !KNOWN.has(name)) ?? '' };
}
