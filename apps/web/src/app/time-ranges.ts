const HOUR_MS = 3_600_000;

/** The ranges a list can be narrowed to, by the name that stands in the address. */
export const TIME_RANGES = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 168 * HOUR_MS } as const;

function isRange(text: string): text is keyof typeof TIME_RANGES {
  return Object.hasOwn(TIME_RANGES, text);
}

/** The begin of a range as ISO 8601; `undefined` for anything that is no range. */
export function rangeStart(range: string, now: number): string | undefined {
  return isRange(range) ? new Date(now - TIME_RANGES[range]).toISOString() : undefined;
}
