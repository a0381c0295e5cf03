import { describe, expect, it } from 'vitest';
import { COMMON_SCHEDULES, nextFirings } from './cron.js';

const from = new Date('2026-11-20T10:00:00Z');
const timesOf = (cron: string, timezone?: string) => {
  const firings = nextFirings(cron, { from, count: 3, ...(timezone ? { timezone } : {}) });
  return firings.ok ? firings.times.map((time) => time.toISOString().slice(0, 16)) : firings.why;
};

describe('the next times of a schedule', () => {
  it('are counted in UTC unless a timezone is given', () => {
    expect(timesOf('0 9 * * 1-5')).toEqual(['2026-11-23T09:00', '2026-11-24T09:00', '2026-11-25T09:00']);
    expect(timesOf('0 9 * * 1', 'Europe/Vienna')).toEqual([
      '2026-11-23T08:00',
      '2026-11-30T08:00',
      '2026-12-07T08:00',
    ]);
  });

  it('may be none, or not to be read', () => {
    expect(timesOf('0 0 30 2 *')).toEqual([]);
    expect(timesOf('every day')).toBe('unreadable');
    expect(timesOf('0 9 * * 1', 'Mars/North')).toBe('unknownTimezone');
  });

  it('come as the worker fires when the clocks change', () => {
    const at = (cron: string, day: string) => {
      const around = { timezone: 'Europe/Berlin', from: new Date(`${day}T22:00:00Z`), count: 3 };
      const firings = nextFirings(cron, around);
      return firings.ok ? firings.times.map((time) => time.toISOString().slice(5, 16)) : firings.why;
    };
    expect(at('0 2,14 * * *', '2026-03-28')).toEqual(['03-29T01:00', '03-29T12:00', '03-30T00:00']);
    expect(at('0 2,14 * * *', '2026-10-24')).toEqual(['10-25T00:00', '10-25T13:00', '10-26T01:00']);
  });

  it('are read of five fields only, as the worker does', () => {
    expect(timesOf('0 0 9 * * 1')).toBe('unreadable');
  });

  it.each(COMMON_SCHEDULES)('$cron is one', ({ cron }) => {
    expect(timesOf(cron)).toHaveLength(3);
  });
});
