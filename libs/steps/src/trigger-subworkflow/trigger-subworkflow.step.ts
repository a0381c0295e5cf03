import { SUBWORKFLOW_TRIGGER } from '@hookloom/contracts';
import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';

/** Starts when another workflow runs this one. What that gives is trigger.body. */
export const triggerSubworkflowStep = defineStep({
  type: SUBWORKFLOW_TRIGGER,
  title: 'When a workflow calls',
  description: 'Starts when another workflow runs this one. What that gives is trigger.body.',
  docs: 'Any number of workflows may call it by a step “Run a workflow”. What its Respond step sends, else what its last step gives, is the result there.',
  kind: 'trigger',
  icon: 'workflow',
  repeat: 'pure',
  synonyms: ['sub-workflow', 'called', 'function'],
  handles: () => ['out'],
  config: z.object({}),
  run: () => passOn('out'),
});
