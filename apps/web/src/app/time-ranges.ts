const HOUR_MS = 3_600_000;

/** The ranges a list can be narrowed to, by the name that stands in the address. */
export const TIME_RANGES = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 168 * HOUR_MS } as const;

function isRange(text: string): text is keyof typeof TIME_RANGES {
  return Object.hasOwn(TIME_RANGES, text);
}

/** The begin of a range as ISO 8601, to the full minute so that it stays the same while nobody looks. */
export function rangeStart(range: string, now: number): string | undefined {
  if (!isRange(range)) return undefined;
  return new Date(Math.floor((now - TIME_RANGES[range]) / 60_000) * 60_000).toISOString();
}
