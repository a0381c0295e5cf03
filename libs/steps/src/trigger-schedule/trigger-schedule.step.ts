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
    'When the clocks go forward, a time that is skipped fires at the change; when they go back, a time that comes twice fires once.',
    'Each time starts exactly one run, however many workers there are. After the server was away, one run is started for all the times that were missed, or none.',
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
