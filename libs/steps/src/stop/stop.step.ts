import { defineStep, stopRun } from '@hookloom/step-kit';
import { z } from 'zod';
import { choice, optional, Text } from '../fields.js';

/** Ends the whole run here, as succeeded or failed. */
export const stopStep = defineStep({
  type: 'stop',
  title: 'Stop',
  description: 'Ends the whole run here, as succeeded or failed.',
  kind: 'logic',
  icon: 'octagon-x',
  repeat: 'pure',
  summary: '{status} {message}',
  synonyms: ['end', 'finish', 'abort', 'fail', 'error', 'throw'],
  handles: () => [],
  config: z.object({
    status: choice(['succeeded', 'failed'], 'succeeded', {
      title: 'Status',
      description: 'How the run ends.',
    }),
    message: optional(Text, {
      title: 'Message',
      description: 'Why; shown with the run.',
      widget: 'template',
    }),
  }),
  run: ({ config }) => stopRun(config.status, config.message),
});
