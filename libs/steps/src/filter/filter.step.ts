import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';
import { valueOf } from '../evaluated.js';
import { condition } from '../fields.js';

/** Lets the run go on only if a condition holds; what follows is skipped otherwise and the run succeeds. */
export const filterStep = defineStep({
  type: 'filter',
  title: 'Filter',
  description: 'Goes on only if a condition holds. Passes its input on.',
  docs: 'When the condition does not hold, or gives nothing, what follows is skipped and the run succeeds.',
  kind: 'logic',
  icon: 'filter',
  repeat: 'pure',
  summary: '{condition}',
  synonyms: ['only if', 'guard', 'continue', 'condition'],
  handles: () => ['out'],
  config: z.object({
    condition: condition({
      title: 'Condition',
      description: 'JSONata that gives true or false, for example: trigger.body.action = "opened"',
    }),
  }),
  run: ({ evaluated }) => passOn(valueOf(evaluated, 'condition').holds() ? 'out' : null),
});
