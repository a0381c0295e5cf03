import { CALL_WORKFLOW, Key } from '@hookloom/contracts';
import { callWorkflow, defineStep, type FieldMeta } from '@hookloom/step-kit';
import { z } from 'zod';
import { optional } from '../fields.js';

/** Runs another workflow of the project and waits for its end. */
export const workflowStep = defineStep({
  type: CALL_WORKFLOW,
  title: 'Run a workflow',
  description: 'Runs another workflow of this project, waits for its end and gives its result.',
  docs: 'The live version of that workflow is run from its sub-workflow trigger; `input` is `trigger.body` there. The result is the body of its Respond step, else what its last step gave. If that run fails, so does this step. No process waits meanwhile. Workflows may call one another ten deep.',
  kind: 'logic',
  icon: 'workflow',
  repeat: 'keyed',
  summary: '{workflow}',
  synonyms: ['sub-workflow', 'call', 'execute', 'reuse', 'function'],
  handles: () => ['out'],
  config: z.object({
    workflow: Key.min(1).meta({
      title: 'Workflow',
      description: 'The key of the workflow to run.',
      widget: 'text',
    } satisfies FieldMeta),
    input: optional(z.unknown(), {
      title: 'Input',
      description: 'What it gets as trigger.body, for example: {{ steps.shape }}',
      widget: 'template',
    }),
  }),
  run: ({ config }) => callWorkflow(config.workflow, config.input ?? null),
});
