import { expect, it } from 'vitest';
import { byMonth } from './by-month.js';

const aDay = (day: string, events: number | null) => ({
  day,
  events,
  runs: 1,
  eventBytes: 10,
  runBytes: 5,
  eventsGo: `${day}T00:00:00Z`,
  runsGo: `${day}T00:00:00Z`,
});

it('joins the days of a month, which is gone with its last day', () => {
  const months = byMonth([aDay('2026-11-02', 4), aDay('2026-10-31', 2), aDay('2026-10-01', 3)]);
  expect(months).toEqual([
    { ...aDay('2026-11-02', 4), day: '2026-11-01', of: 'month' },
    { ...aDay('2026-10-31', 5), day: '2026-10-01', runs: 2, eventBytes: 20, runBytes: 10, of: 'month' },
  ]);
});

it('does not count a month of which a day is not known', () => {
  expect(byMonth([aDay('2026-10-31', null), aDay('2026-10-01', 3)])[0]?.events).toBeNull();
});
