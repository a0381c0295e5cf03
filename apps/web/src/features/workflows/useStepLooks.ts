import type { WorkflowStep } from '@hookloom/contracts';
import { useStepTypes } from '../../api/lookups.js';
import type { Kind } from '../../ui/step-icons.js';
import { isTrigger } from './outline.js';
import { stepSummary } from './step-summary.js';

export interface StepLook {
  readonly title: string;
  readonly kind: Kind;
  readonly icon: string | undefined;
  readonly summary: string;
}

/** How a step looks, from its step type's declaration; plain where the server does not know the type. */
export function useStepLooks() {
  const types = useStepTypes();
  return (step: WorkflowStep): StepLook => {
    const type = types.value.get(step.type);
    return {
      title: type?.title ?? step.type,
      kind: type?.kind ?? (isTrigger(step) ? 'trigger' : 'data'),
      icon: type?.icon,
      summary: stepSummary(type?.summary, step.config),
    };
  };
}
