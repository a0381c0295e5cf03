import type { WorkflowDefinition } from '@hookloom/contracts';
import { findStep, withStep, type Draft } from './draft.js';

interface Filled {
  readonly stepId: string;
  readonly type: string;
  readonly field: string;
  readonly value: unknown;
}

/**
 * Finds the settings that the server filled in while it saved, such as the new endpoint of a trigger that named none.
 *
 * @returns a change for every state of the history: without it an undo would ask the server for another endpoint
 */
export function filledIn(
  sent: WorkflowDefinition,
  saved: WorkflowDefinition,
): ((draft: Draft) => Draft) | undefined {
  const before = new Map(sent.steps.map((step) => [step.id, step]));
  const filled = saved.steps.flatMap(({ id, type, config }): Filled[] => {
    const step = before.get(id);
    if (step === undefined) return [];
    return Object.entries(config)
      .filter(([field]) => isEmpty(step.config[field]))
      .filter(([, value]) => !isEmpty(value))
      .map(([field, value]) => ({ stepId: id, type, field, value }));
  });
  if (filled.length === 0) return undefined;
  return (draft) => filled.reduce(fill, draft);
}

function fill(draft: Draft, { stepId, type, field, value }: Filled): Draft {
  const step = findStep(draft, stepId);
  if (step === undefined || step.type !== type || !isEmpty(step.config[field])) return draft;
  return withStep(draft, stepId, () => ({ ...step, config: { ...step.config, [field]: value } }));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
