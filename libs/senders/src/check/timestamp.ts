import { failure, type Failure } from './failure.js';
import type { TimestampRule, TimeUnit } from '../model/scheme.js';

/** RFC 3339, with any number of digits in the fraction. */
const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Reads a signed time as epoch seconds; `undefined` for anything that is not wholly of that unit. */
export function parseTimestamp(text: string, unit: TimeUnit): number | undefined {
  const seconds = secondsOf(text.trim(), unit);
  return Number.isFinite(seconds) ? seconds : undefined;
}

function secondsOf(text: string, unit: TimeUnit): number {
  switch (unit) {
    case 's':
      return /^\d{1,11}$/.test(text) ? Number(text) : NaN;
    case 'ms':
      return /^\d{1,14}$/.test(text) ? Number(text) / 1000 : NaN;
    case 'http-date':
      return HTTP_DATE.test(text) ? Date.parse(text) / 1000 : NaN;
    case 'iso': {
      const match = ISO.exec(text);
      return match ? Date.parse(`${match[1]}${(match[2] ?? '').slice(0, 4)}${match[3]}`) / 1000 : NaN;
    }
    case 'any':
      if (/^\d+$/.test(text)) return secondsOf(text, text.length > 11 ? 'ms' : 's');
      return secondsOf(text, HTTP_DATE.test(text) ? 'http-date' : 'iso');
  }
}

/** Writes a time as the sender would. */
export function formatTimestamp(epochSeconds: number, unit: TimeUnit): string {
  const date = new Date(epochSeconds * 1000);
  if (unit === 'iso') return date.toISOString();
  if (unit === 'http-date') return date.toUTCString();
  return String(unit === 'ms' ? Math.round(epochSeconds * 1000) : Math.floor(epochSeconds));
}

/** Says whether a signed time is within the tolerance of the arrival clock, in both directions. */
export function checkTimestamp(
  rule: TimestampRule,
  text: string | undefined,
  receivedAt: number,
): Failure | undefined {
  if (text === undefined) {
    if (rule.optional) return undefined;
    return failure(
      'missing_timestamp',
      'The request carries no signed time: the sender, or something between, left it out.',
    );
  }
  const signedAt = parseTimestamp(text, rule.unit);
  if (signedAt === undefined) {
    return failure(
      'malformed_timestamp',
      `The signed time is not readable as ${rule.unit === 'any' ? 'a time' : rule.unit}: check that the right sender and scheme are chosen.`,
    );
  }
  return rule.toleranceSeconds === null ? undefined : checkAge(receivedAt - signedAt, rule.toleranceSeconds);
}

function checkAge(ageSeconds: number, toleranceSeconds: number): Failure | undefined {
  const off = Math.round(Math.abs(ageSeconds));
  if (ageSeconds > toleranceSeconds) {
    return failure(
      'timestamp_too_old',
      `Signed ${off} s before it arrived, ${toleranceSeconds} s are allowed: if this is no replay, look for a delay in front of this server or a wrong clock.`,
    );
  }
  if (ageSeconds < -toleranceSeconds) {
    return failure(
      'timestamp_in_future',
      `Signed ${off} s in the future, ${toleranceSeconds} s are allowed: set this server's clock right, or the sender's.`,
    );
  }
  return undefined;
}
