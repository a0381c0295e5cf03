import { Cron } from 'croner';

/** A schedule: a cron expression of five fields, read in a time zone. */
export interface Schedule {
  readonly cron: string;
  /** A name of the IANA database, such as `Europe/Berlin`. */
  readonly timezone: string;
}

/** Five fields; lists and ranges of hours or minutes are set times, as one hour and one minute are. */
const READ_AS = { mode: '5-part', fixedTimeRule: 'no-wildcard' } as const;

/**
 * The next times at which a schedule fires, each later than `after`; fewer where it ends.
 *
 * Clock changes: a time that the clocks skip fires at the moment they go forward; a time that comes twice fires once,
 * the first time; with a `*` or a step in the minute or the hour a schedule goes on evenly. The editor's preview
 * reads cron with the same options.
 *
 * @throws Error with a sentence for a person, when the expression or the time zone cannot be read
 */
export function nextFirings({ cron, timezone }: Schedule, after: Date, count: number): Date[] {
  return new Cron(cron, { timezone, ...READ_AS }).nextRuns(count, after);
}

/** Why a cron expression cannot be used; `undefined` when it can. */
export function cronFault(cron: string): string | undefined {
  try {
    const [next] = nextFirings({ cron, timezone: 'UTC' }, new Date(), 1);
    return next === undefined ? 'This never comes. Look at the day and the month.' : undefined;
  } catch {
    return 'Write five fields: minute, hour, day, month, day of the week. For example, 0 9 * * 1-5 is 9:00 on working days.';
  }
}

/** Whether a time zone is known here. */
export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
