import type { StoredDay } from '@hookloom/contracts';

/** A day, or the days of one month together; `day` is its first, the last of it goes at `eventsGo` and `runsGo`. */
export type StoredSpan = StoredDay & { readonly of: 'day' | 'month' };

/** Days, newest first, as months. */
export function byMonth(days: readonly StoredDay[]): StoredSpan[] {
  const months = new Map<string, StoredSpan>();
  for (const day of days) {
    const first = `${day.day.slice(0, 7)}-01`;
    const month = months.get(first);
    months.set(first, month ? joined(month, day) : { ...day, day: first, of: 'month' });
  }
  return [...months.values()];
}

function joined(month: StoredSpan, day: StoredDay): StoredSpan {
  return {
    ...month,
    eventBytes: month.eventBytes + day.eventBytes,
    runBytes: month.runBytes + day.runBytes,
    events: sum(month.events, day.events),
    runs: sum(month.runs, day.runs),
  };
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
