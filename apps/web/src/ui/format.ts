const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time with its unit: `< 1 ms`, `4 ms`, `1.4 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return '< 1 ms';
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < 100 * SECOND) return `${trimZero((ms / SECOND).toFixed(1))} s`;
  if (ms < HOUR) return twoParts(ms, MINUTE, 'min', SECOND, 's');
  if (ms < DAY) return twoParts(ms, HOUR, 'h', MINUTE, 'min');
  return twoParts(ms, DAY, 'd', HOUR, 'h');
}

function twoParts(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const whole = Math.floor(ms / big);
  const rest = Math.floor((ms % big) / small);
  return rest === 0 ? `${whole} ${bigUnit}` : `${whole} ${bigUnit} ${rest} ${smallUnit}`;
}

/** A share of 1 in percent: `0 %`, `99.3 %`, `100 %`; never 100 where something is missing. */
export function formatPercent(share: number): string {
  const percent = share >= 1 ? 100 : Math.min(99.9, share * 100);
  return `${trimZero(percent.toFixed(1))} %`;
}

/** A size with its unit, decimal: `840 B`, `1.9 kB`, `2.4 MB`, `3.1 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${trimZero((bytes / 1_000).toFixed(1))} kB`;
  if (bytes < 1_000_000_000) return `${trimZero((bytes / 1_000_000).toFixed(1))} MB`;
  return `${trimZero((bytes / 1_000_000_000).toFixed(1))} GB`;
}

const whole = new Intl.NumberFormat('en-GB');

/** A count with its thousands apart: `12,340`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

/** When something was made, by its UUIDv7. */
export function timeOfId(id: string): Date {
  return new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
}

/** The end of a UUID, enough to tell the rows of one screen apart. */
export function shortId(id: string): string {
  return id.slice(-6);
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const longDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const exact = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'short',
});

/** The user's own time zone, named once on a screen: `Europe/Berlin`. */
export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `10:42:07` for today, `21 Nov 10:42` for other days. */
export function formatClock(time: Date, now: Date): string {
  return time.toDateString() === now.toDateString()
    ? clock.format(time)
    : dayAndClock.format(time).replace(',', '');
}

/** `10:42:07` for today, `21 Nov` for other days. */
export function formatClockOrDay(time: Date, now: Date): string {
  return time.toDateString() === now.toDateString() ? clock.format(time) : day.format(time);
}

/** A day as the server counts days, in UTC: `22 Nov 2026`. */
export function formatUtcDay(time: Date): string {
  return longDay.format(time);
}

/** Day, month, year, time to the millisecond and zone. */
export function formatExact(time: Date): string {
  return exact.format(time);
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const STEPS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
] as const;

/** `now`, `in 40 sec.`, `3 min. ago`, `yesterday`. */
export function formatRelative(time: Date, now: Date): string {
  const ms = time.getTime() - now.getTime();
  for (const [size, unit] of STEPS) {
    if (Math.abs(ms) >= size) return relative.format(Math.round(ms / size), unit);
  }
  const seconds = Math.round(ms / SECOND);
  return Math.abs(seconds) < 5 ? relative.format(0, 'second') : relative.format(seconds, 'second');
}
