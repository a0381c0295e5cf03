import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { nextFirings } from './firings.js';
import { triggerScheduleStep } from './trigger-schedule.step.js';

const firings = (cron: string, timezone: string, after: string, count: number) =>
  nextFirings({ cron, timezone }, new Date(after), count).map((date) => date.toISOString());

/** As a worker goes on: each time is counted from a moment after the last. */
function stepwise(cron: string, timezone: string, after: string, count: number): string[] {
  const found: string[] = [];
  for (let from = after; found.length < count;) {
    const [next = ''] = firings(cron, timezone, from, 1);
    found.push(next.slice(5, 16));
    from = new Date(Date.parse(next) + 700).toISOString();
  }
  return found;
}

describe('trigger.schedule', () => {
  it('passes the time on', async () => {
    await expect(runStep(triggerScheduleStep, { config: { cron: '0 9 * * *' } })).resolves.toEqual({
      kind: 'pass',
      handle: 'out',
    });
  });

  it.each(['', '9 o’clock', '* * * *', '0 0 9 * * 1', '61 * * * *', '0 0 30 2 *'])('refuses "%s"', (cron) => {
    expect(triggerScheduleStep.config.safeParse({ cron }).success).toBe(false);
  });

  it('refuses a time zone that is none', () => {
    expect(triggerScheduleStep.config.safeParse({ cron: '0 9 * * *', timezone: 'Mars/Base' }).success).toBe(
      false,
    );
  });
});

describe('the times of a schedule', () => {
  it('are read in the time zone', () => {
    expect(firings('30 9 * * 1-5', 'America/New_York', '2026-01-02T15:00:00Z', 2)).toEqual([
      '2026-01-05T14:30:00.000Z',
      '2026-01-06T14:30:00.000Z',
    ]);
  });

  it('come at the change where the clocks skip them', () => {
    expect(firings('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('come once where the clocks repeat them', () => {
    expect(firings('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('go on evenly through a change when they come every hour', () => {
    expect(firings('0 * * * *', 'Europe/Berlin', '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ]);
  });

  it.each([
    // cron, zone, from, firings
    ['0,30 2 * * *', 'Europe/Berlin', '2026-03-28T22:00:00Z', ['03-29T01:00', '03-30T00:00', '03-30T00:30']],
    ['0 2,3 * * *', 'Europe/Berlin', '2026-03-28T22:00:00Z', ['03-29T01:00', '03-30T00:00', '03-30T01:00']],
    ['0 2,14 * * *', 'Europe/Berlin', '2026-03-28T22:00:00Z', ['03-29T01:00', '03-29T12:00', '03-30T00:00']],
    ['30 2 * * 0', 'Europe/Berlin', '2026-03-28T22:00:00Z', ['03-29T01:00', '04-05T00:30']],
    ['30 2 * * *', 'America/New_York', '2026-03-07T12:00:00Z', ['03-08T07:00', '03-09T06:30']],
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T00:00:00Z', ['10-03T15:30', '10-04T15:15']],
    ['30 0 * * *', 'America/Santiago', '2026-09-05T12:00:00Z', ['09-06T04:00', '09-07T03:30']],
  ])('set by %s in %s come once at the change where the clocks skip them', (cron, zone, after, expected) => {
    expect(stepwise(cron, zone, after, expected.length)).toEqual(expected);
  });

  it.each([
    ['0,30 2 * * *', 'Europe/Berlin', '2026-10-24T22:00:00Z', ['10-25T00:00', '10-25T00:30', '10-26T01:00']],
    ['0 1-3 * * *', 'Europe/Berlin', '2026-10-24T22:00:00Z', ['10-24T23:00', '10-25T00:00', '10-25T02:00']],
    ['30 1 * * *', 'America/New_York', '2026-10-31T12:00:00Z', ['11-01T05:30', '11-02T06:30']],
    ['45 1 * * *', 'Australia/Lord_Howe', '2026-04-03T20:00:00Z', ['04-04T14:45', '04-05T15:15']],
  ])('set by %s in %s come once where the clocks repeat them', (cron, zone, after, expected) => {
    expect(stepwise(cron, zone, after, expected.length)).toEqual(expected);
  });

  it.each([
    ['*/30 * * * *', '2026-03-29T00:15:00Z', ['03-29T00:30', '03-29T01:00', '03-29T01:30']],
    ['*/30 2 * * *', '2026-03-28T22:00:00Z', ['03-30T00:00', '03-30T00:30']],
    ['*/30 2 * * *', '2026-10-24T22:00:00Z', ['10-25T00:00', '10-25T00:30', '10-25T01:00', '10-25T01:30']],
    ['* * * * *', '2026-10-25T00:58:30Z', ['10-25T00:59', '10-25T01:00', '10-25T01:01']],
  ])('of %s go on evenly through a change', (cron, after, expected) => {
    expect(stepwise(cron, 'Europe/Berlin', after, expected.length)).toEqual(expected);
  });
});
