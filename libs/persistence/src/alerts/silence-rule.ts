import type { SilenceAlarm, SilenceView } from '@hookloom/contracts';

/** What was learned about an endpoint from the times of its events. */
export interface UsualGaps {
  /** The middle one of the gaps between events, seconds. */
  readonly usualSeconds: number;
  /** The longest pause that came more than once, seconds: nights, weekends. */
  readonly pauseSeconds: number;
}

/** Fewer events, or events over a shorter time, tell nothing about nights. */
const LEAST_EVENTS = 20;
const LEAST_SPAN_SECONDS = 3 * 86_400;
/** No alarm comes sooner: senders are late now and then. */
const SHORTEST_SECONDS = 600;
const TIMES_USUAL = 8;
const TIMES_PAUSE = 1.5;
const HOUR_SECONDS = 3_600;

/**
 * What is usual, from the latest events and from the hours of two weeks in which anything came.
 *
 * @param times of the latest events, epoch seconds, ascending
 * @param hours with events, hours since 1970, ascending
 * @returns `undefined` while too little came
 */
export function learnGaps(times: readonly number[], hours: readonly number[]): UsualGaps | undefined {
  const spanSeconds = ((hours.at(-1) ?? 0) - (hours[0] ?? 0)) * HOUR_SECONDS;
  if (times.length < LEAST_EVENTS || spanSeconds < LEAST_SPAN_SECONDS) return undefined;
  const gaps = gapsOf(times);
  const pauses = [...gaps, ...gapsOf(hours).map((gap) => (gap <= 1 ? 0 : gap * HOUR_SECONDS))];
  const [, secondLongest = 0] = pauses.toSorted((a, b) => b - a);
  return {
    usualSeconds: Math.max(1, Math.round(middle(gaps))),
    pauseSeconds: Math.round(secondLongest),
  };
}

/** Seconds of silence from which on there is an alarm; `undefined`: there is none. */
export function silentAfter(
  alarm: SilenceAlarm | undefined,
  learned: UsualGaps | undefined,
): number | undefined {
  if (alarm?.mode === 'off') return undefined;
  if (alarm?.mode === 'after') return alarm.minutes === undefined ? undefined : alarm.minutes * 60;
  if (learned === undefined) return undefined;
  const { usualSeconds, pauseSeconds } = learned;
  return Math.ceil(Math.max(SHORTEST_SECONDS, usualSeconds * TIMES_USUAL, pauseSeconds * TIMES_PAUSE));
}

/** What the newest events say. Times are epoch seconds. */
export interface NewestEvents {
  readonly now: number;
  readonly last: number | undefined;
  readonly beforeLast: number | undefined;
}

/**
 * Whether an endpoint is silent. Two events closer together than the limit end a silence, one alone does not: an
 * endpoint that trickles at the limit is one alarm and not many.
 */
export function isSilent(wasSilent: boolean, afterSeconds: number, newest: NewestEvents): boolean {
  const { now, last, beforeLast } = newest;
  if (last === undefined) return false;
  if (now - last > afterSeconds) return true;
  return wasSilent && (beforeLast === undefined || last - beforeLast > afterSeconds);
}

/** How a person is told of an endpoint's silence. `since`: while it is silent, when the last event came. */
export function toSilenceView(
  alarm: SilenceAlarm | undefined,
  learned: UsualGaps | undefined,
  silence: { readonly isStarted: boolean; readonly since: Date | undefined },
): SilenceView {
  const usual = learned === undefined ? {} : { usualSeconds: learned.usualSeconds };
  const afterSeconds = silentAfter(alarm, learned);
  if (alarm?.mode === 'off' || !silence.isStarted) return { state: 'off', ...usual };
  if (afterSeconds === undefined) return { state: 'learning' };
  if (silence.since === undefined) return { state: 'watching', afterSeconds, ...usual };
  return { state: 'silent', afterSeconds, ...usual, since: silence.since.toISOString() };
}

function gapsOf(ascending: readonly number[]): number[] {
  return ascending.slice(1).map((value, at) => value - (ascending[at] ?? value));
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
