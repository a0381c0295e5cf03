/** Answers after which another attempt may succeed (contract, "Every step"). */
const WORTH_REPEATING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether another attempt may succeed after an answer of this HTTP status. */
export function isWorthRepeating(status: number): boolean {
  return WORTH_REPEATING.has(status);
}

const MIN_MS = 1_000;
const MAX_MS = 24 * 60 * 60 * 1_000;

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date (RFC 9110, 10.2.3).
 *
 * @param now epoch milliseconds
 * @returns milliseconds to wait, clamped to 1 s..24 h (reliability rule 14), or `undefined` without a readable value
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const waitMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  if (Number.isNaN(waitMs)) return undefined;
  return Math.min(MAX_MS, Math.max(MIN_MS, Math.ceil(waitMs)));
}
