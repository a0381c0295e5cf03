import type { Incoming } from './incoming.js';
import type { ShapeError } from './outcome.js';

/** `unknown`: no answer in time; the event is taken all the same and flagged. */
export type Readability =
  { readonly kind: 'readable' | 'unknown' } | { readonly kind: 'unreadable'; readonly detail: string };

export type ShapeVerdict =
  | { readonly kind: 'fits' | 'unknown' }
  | { readonly kind: 'differs'; readonly errors: readonly ShapeError[] };

/** `key` undefined: the expression found nothing, so nothing is a duplicate. */
export type DedupeVerdict =
  { readonly kind: 'key'; readonly key: string | undefined } | { readonly kind: 'unknown' };

/**
 * Checks that read a body while its sender waits. What is cheap is answered at once; a person's expressions and
 * schemas, XML and multipart run in child processes within LIMITS.whileSenderWaitsMs. Never rejects.
 */
export interface BodyChecks {
  read(incoming: Incoming): Readability | Promise<Readability>;
  fits(schema: boolean | Readonly<Record<string, unknown>>, incoming: Incoming): Promise<ShapeVerdict>;
  dedupeKey(
    expression: string,
    incoming: Incoming,
    known: { readonly sender: string; readonly type: string | undefined },
  ): Promise<DedupeVerdict>;
}
