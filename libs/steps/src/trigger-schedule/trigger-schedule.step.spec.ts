import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { nextFirings } from './firings.js';
import { triggerScheduleStep } from './trigger-schedule.step.js';

const firings = (cron: string, timezone: string, after: string, count: number) =>
  nextFirings({ cron, timezone }, new Date(after), count).map((date) => date.toISOString());

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
});
