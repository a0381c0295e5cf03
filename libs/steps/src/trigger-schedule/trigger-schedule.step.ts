import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';
import { choice, optional } from '../fields.js';
import { cronFault, isTimezone } from './firings.js';

const Cron = z
  .string()
  .trim()
  .min(1, 'Say when.')
  .max(200)
  .superRefine((cron, context) => {
    const fault = cronFault(cron);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

const Timezone = z
  .string()
  .max(64)
  .refine(isTimezone, 'No such time zone. Write a name such as Europe/Berlin or UTC.');

/** Starts a run at set times; `trigger.body` is `{scheduledAt}`. */
export const triggerScheduleStep = defineStep({
  type: 'trigger.schedule',
  title: 'Schedule',
  description: 'Starts at set times, for example every working day at 9:00.',
  docs: [
    'Five fields: minute, hour, day of the month, month, day of the week, read in the time zone.',
    'When the clocks go forward, a time that is skipped fires at the change, and several such times fire once; when they go back, a time that comes twice fires once, the first time. This holds for set times: numbers, lists and ranges, such as 30 2 * * * or 0 2,14 * * *.',
    'A schedule with * or a step such as */15 in the minute or the hour goes on evenly instead: what is skipped is left out, and an hour that comes twice counts twice.',
    'Each time starts exactly one run, however many workers there are and whichever are killed.',
    'A time is missed when no worker was there. Once (the default): one run is started for all that was missed, and its scheduledAt is the first of them. Skip: none is started for a time that is more than a minute late; the next one fires as usual.',
    'trigger.body.scheduledAt is the time that was meant.',
  ].join('\n\n'),
  kind: 'trigger',
  icon: 'clock',
  repeat: 'pure',
  summary: '{cron}',
  synonyms: ['cron', 'timer', 'every day', 'interval', 'hourly', 'weekly'],
  handles: () => ['out'],
  ignoresConfig: true,
  config: z.object({
    cron: Cron.meta({
      title: 'When',
      description: 'Minute, hour, day, month, day of the week: 0 9 * * 1-5',
      widget: 'cron',
    }),
    timezone: optional(Timezone, {
      title: 'Time zone',
      description: 'UTC when left out.',
      placeholder: 'UTC',
      widget: 'text',
    }),
    misfire: choice(['once', 'skip'], 'once', {
      title: 'Missed times',
      description: 'After the server was away: one run for all that was missed, or none.',
      advanced: true,
    }),
  }),
  run: () => passOn('out'),
});
