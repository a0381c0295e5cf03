import { describe, expect, it } from 'vitest';
import { isSilent, learnGaps, silentAfter, toSilenceView } from './silence-rule.js';

const DAY = 86_400;
const every = (seconds: number, count: number) => Array.from({ length: count }, (_, at) => at * seconds);
/** Every hour of the day shift of so many days. */
const dayShifts = (days: number) =>
  Array.from({ length: days }, (_, day) => Array.from({ length: 12 }, (_, hour) => day * 24 + hour)).flat();

describe('what is usual', () => {
  it('is unknown while few events came, or over less than three days', () => {
    expect(learnGaps(every(60, 19), dayShifts(14))).toBeUndefined();
    expect(learnGaps(every(60, 300), dayShifts(2))).toBeUndefined();
  });

  it('is the middle gap, and the longest pause that came twice', () => {
    expect(learnGaps(every(420, 300), dayShifts(14))).toEqual({
      usualSeconds: 420,
      pauseSeconds: 13 * 3_600,
    });
  });

  it('takes a pause that came once for an outage', () => {
    const hours = [...Array.from({ length: 100 }, (_, at) => at), 130, 131];
    expect(learnGaps(every(420, 300), hours)?.pauseSeconds).toBe(420);
  });
});

describe('the limit', () => {
  it('is well above the usual gap and the usual pauses, never below ten minutes', () => {
    expect(silentAfter(undefined, { usualSeconds: 420, pauseSeconds: 600 })).toBe(3_360);
    expect(silentAfter(undefined, { usualSeconds: 420, pauseSeconds: 36_000 })).toBe(54_000);
    expect(silentAfter({ mode: 'automatic' }, { usualSeconds: 1, pauseSeconds: 2 })).toBe(600);
  });

  it('is what a person set, whatever was learned', () => {
    expect(silentAfter({ mode: 'after', minutes: 120 }, undefined)).toBe(7_200);
    expect(silentAfter({ mode: 'off' }, { usualSeconds: 1, pauseSeconds: 1 })).toBeUndefined();
    expect(silentAfter(undefined, undefined)).toBeUndefined();
  });
});

describe('a silence', () => {
  const after = 7_200;

  it('begins when nothing came for longer than the limit', () => {
    expect(isSilent(false, after, { now: DAY, last: DAY - after, beforeLast: 0 })).toBe(false);
    expect(isSilent(false, after, { now: DAY, last: DAY - after - 1, beforeLast: 0 })).toBe(true);
    expect(isSilent(false, after, { now: DAY, last: undefined, beforeLast: undefined })).toBe(false);
  });

  it('ends with two events that are closer together than the limit, not with one', () => {
    const last = DAY - 60;
    expect(isSilent(true, after, { now: DAY, last, beforeLast: last - after - 300 })).toBe(true);
    expect(isSilent(true, after, { now: DAY, last, beforeLast: last - 420 })).toBe(false);
  });

  it('is one alarm where events trickle at the limit', () => {
    let alarms = 0;
    let silent = false;
    const times = every(after + 300, 20).map((at) => DAY + at);
    for (let now = DAY; now < DAY + 20 * (after + 300); now += 60) {
      const seen = times.filter((at) => at <= now);
      const is = isSilent(silent, after, { now, last: seen.at(-1), beforeLast: seen.at(-2) });
      if (is && !silent) alarms += 1;
      silent = is;
    }
    expect(alarms).toBe(1);
  });
});

describe('what a person is told', () => {
  const learned = { usualSeconds: 420, pauseSeconds: 600 };
  const since = new Date(0);

  it.each([
    ['off', toSilenceView({ mode: 'off' }, learned, { isStarted: true, since: undefined })],
    ['off', toSilenceView(undefined, learned, { isStarted: false, since: undefined })],
    ['learning', toSilenceView(undefined, undefined, { isStarted: true, since: undefined })],
    ['watching', toSilenceView(undefined, learned, { isStarted: true, since: undefined })],
    ['silent', toSilenceView(undefined, learned, { isStarted: true, since })],
  ])('is that it is %s', (state, view) => {
    expect(view.state).toBe(state);
  });
});
