import { Cron } from 'croner';

/** The next times a schedule fires, or why it cannot be read. */
export type Firings =
  | { readonly ok: true; readonly times: readonly Date[] }
  | { readonly ok: false; readonly why: 'unreadable' | 'unknownTimezone' };

/** As the worker reads cron: five fields; lists and ranges of hours or minutes are set times when the clocks change. */
const READ_AS = { mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true } as const;

/** @param timezone an IANA name; left out: UTC, as the worker reads it */
export function nextFirings(
  cron: string,
  {
    timezone = 'UTC',
    from,
    count,
  }: { readonly timezone?: string; readonly from: Date; readonly count: number },
): Firings {
  if (!isTimezone(timezone)) return { ok: false, why: 'unknownTimezone' };
  try {
    return { ok: true, times: new Cron(cron, { timezone, ...READ_AS }).nextRuns(count, from) };
  } catch {
    return { ok: false, why: 'unreadable' };
  }
}

function isTimezone(timezone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Schedules that most people mean. */
export const COMMON_SCHEDULES = [
  { id: 'minutes', cron: '*/5 * * * *' },
  { id: 'hourly', cron: '0 * * * *' },
  { id: 'daily', cron: '0 9 * * *' },
  { id: 'weekdays', cron: '0 9 * * 1-5' },
  { id: 'weekly', cron: '0 9 * * 1' },
  { id: 'monthly', cron: '0 9 1 * *' },
] as const;
