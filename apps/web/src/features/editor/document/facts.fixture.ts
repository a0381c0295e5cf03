import type { WorkflowDefinition, WorkflowStep } from '@hookloom/contracts';
import { ERROR_HANDLE, type Draft, type StepFacts } from './draft.js';

const HANDLES: Readonly<Record<string, readonly string[]>> = { if: ['true', 'false'], stop: [] };

/** Step types for tests: a trigger, a branching one, one without a way on, and plain ones. */
export const facts: StepFacts = {
  isTrigger: (type) => type.startsWith('trigger.'),
  handlesOf: ({ type, onError }) => [
    ...(HANDLES[type] ?? ['out']),
    ...(onError === 'branch' ? [ERROR_HANDLE] : []),
  ],
  bareExpressionsOf: (type) => ({ if: ['condition'], transform: ['expression'] })[type] ?? [],
  fieldsOf: (type) => (type === 'http' ? ['url', 'body'] : ['expression', 'condition']),
};

export function aStep(id: string, step: Partial<WorkflowStep> = {}): WorkflowStep {
  return { id, type: 'http', name: id, config: {}, ...step };
}

/** A draft of steps one after the other: the first is a trigger. */
export function aDraft(...steps: WorkflowStep[]): Draft {
  const edges = steps.slice(1).map(({ id }, at) => ({ source: steps[at]?.id ?? '', target: id }));
  const definition: WorkflowDefinition = { format: 1, steps, edges, settings: {} };
  return { name: 'A workflow', definition };
}

export const hook = aStep('hook', { type: 'trigger.webhook' });
