import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';
import { valueOf } from '../evaluated.js';
import { condition } from '../fields.js';

/** Sends the run one of two ways; its input is its output. */
export const ifStep = defineStep({
  type: 'if',
  title: 'If',
  description: 'Goes on one of two ways, by a condition. Passes its input on.',
  docs: 'A condition that gives nothing is false. What hangs on the other way is skipped.',
  kind: 'logic',
  icon: 'split',
  repeat: 'pure',
  summary: '{condition}',
  synonyms: ['condition', 'branch', 'else', 'compare'],
  handles: () => ['true', 'false'],
  config: z.object({
    condition: condition({
      title: 'Condition',
      description: 'JSONata that gives true or false, for example: steps.shape.total > 100',
    }),
  }),
  run: ({ evaluated }) => passOn(valueOf(evaluated, 'condition').holds() ? 'true' : 'false'),
});
