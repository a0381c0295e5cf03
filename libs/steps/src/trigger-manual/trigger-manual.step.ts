import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';

/** Starts a run when a person or a script asks for one; its input is `trigger.body`. */
export const triggerManualStep = defineStep({
  type: 'trigger.manual',
  title: 'Start by hand',
  description:
    'Starts when a person presses Run, or a script calls the API. The input given is trigger.body.',
  kind: 'trigger',
  icon: 'play',
  repeat: 'pure',
  synonyms: ['button', 'api', 'test', 'run now'],
  handles: () => ['out'],
  config: z.object({}),
  run: () => passOn('out'),
});
