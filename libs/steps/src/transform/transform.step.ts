import { defineStep, output } from '@hookloom/step-kit';
import { z } from 'zod';
import { valueOf } from '../evaluated.js';
import { expression } from '../fields.js';

/** Makes new data out of what is there: the result of one expression. */
export const transformStep = defineStep({
  type: 'transform',
  title: 'Transform',
  description: 'Makes new data from what came before, with one JSONata expression.',
  kind: 'data',
  icon: 'braces',
  repeat: 'pure',
  summary: '{expression}',
  synonyms: ['map', 'set', 'jsonata', 'shape', 'edit fields', 'rename'],
  handles: () => ['out'],
  config: z.object({
    expression: expression({
      title: 'Expression',
      description: 'Its result is the output, for example: { "total": $number(trigger.body.total_price) }',
    }),
  }),
  run: ({ evaluated }) => output(valueOf(evaluated, 'expression')),
});
