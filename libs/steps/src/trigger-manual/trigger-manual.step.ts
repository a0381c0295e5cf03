import { MANUAL_TRIGGER } from '@hookloom/contracts';
import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';
import { FieldsWithoutFiles, optional } from '../fields.js';

/** Starts a run when a person or a script asks for one; its input is `trigger.body`. */
export const triggerManualStep = defineStep({
  type: MANUAL_TRIGGER,
  title: 'Start by hand',
  description:
    'Starts when a person presses Run, or a script calls the API. The input given is trigger.body.',
  docs: [
    'Run stands on the workflow’s page and in the list of workflows, and starts what is live; in the editor a test starts the draft. With fields, whoever presses it is asked for them first, and `POST /api/v1/workflows/{id}/runs` refuses an `input` that does not fit with 422 and a message for each field. The values are `trigger.body`, each of its own type; what is no field is left out.',
    'Without fields `input` may be any JSON.',
  ].join('\n\n'),
  kind: 'trigger',
  icon: 'play',
  repeat: 'pure',
  synonyms: ['button', 'api', 'test', 'run now'],
  handles: () => ['out'],
  ignoresConfig: true,
  config: z.object({
    fields: optional(FieldsWithoutFiles, {
      title: 'Fields',
      description: 'What the person is asked for before it starts.',
      widget: 'json',
    }),
  }),
  run: () => passOn('out'),
});
