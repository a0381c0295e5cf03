import { LIMITS } from '@hookloom/contracts';
import { ConfigurationError, defineStep, passOn, suspend } from '@hookloom/step-kit';
import { z } from 'zod';
import { optional, Text } from '../fields.js';

/** Lets the run rest for a while, or until a moment; its input is its output. */
export const delayStep = defineStep({
  type: 'delay',
  title: 'Delay',
  description: 'Waits for a while, or until a moment, then goes on. Passes its input on.',
  docs: 'The wait is a row in the database: no process holds it, and it survives restarts and deploys. A moment in the past goes on at once. The longest wait is a year. Waiting does not count towards the time limit of the workflow.',
  kind: 'wait',
  icon: 'timer',
  repeat: 'safe',
  summary: '{seconds} {until}',
  synonyms: ['sleep', 'pause', 'wait', 'later', 'schedule'],
  handles: () => ['out'],
  config: z.object({
    seconds: optional(z.coerce.number().min(0).max(LIMITS.waitSeconds), {
      title: 'Seconds',
      description: 'How long to wait.',
      widget: 'number',
    }),
    until: optional(Text, {
      title: 'Until',
      description:
        'Or a moment, for example: 2026-12-24T08:00:00Z, or {{ $fromMillis($millis() + 3600000) }}',
      widget: 'template',
    }),
  }),
  run: ({ config, now }) => {
    const until = config.until === undefined ? now + (config.seconds ?? 0) * 1_000 : momentOf(config.until);
    return until <= now ? passOn('out') : suspend(Math.min(until, now + LIMITS.waitSeconds * 1_000), 'out');
  },
});

/** Epoch milliseconds of an ISO 8601 text, or of a number of milliseconds. */
function momentOf(text: string): number {
  const moment = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isFinite(moment)) return moment;
  const message = `“${text.slice(0, 100)}” is no moment. Write it as in 2026-12-24T08:00:00Z.`;
  throw new ConfigurationError(message, { code: 'invalid_config' });
}
