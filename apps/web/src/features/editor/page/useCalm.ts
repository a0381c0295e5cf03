import type { WorkflowProblem } from '@hookloom/contracts';
import { shallowRef, watch, type Ref } from 'vue';
import { calmProblems, fieldKey } from '../document/calm-problems.js';

interface Parts {
  /** The problems that the workflow was opened with. */
  readonly atOpen: readonly WorkflowProblem[];
  readonly isPublishing: Readonly<Ref<boolean>>;
}

/** Which problems are shown at their fields: all of them, once somebody wants to publish or was led to one. */
export function useCalm({ atOpen, isPublishing }: Parts) {
  const left = shallowRef<ReadonlySet<string>>(new Set());
  const isOver = shallowRef(false);
  const end = () => void (isOver.value = true);
  watch(isPublishing, end);
  return {
    shown: (problems: readonly WorkflowProblem[]): readonly WorkflowProblem[] =>
      isOver.value ? problems : calmProblems(problems, { atOpen, left: left.value }),
    /** From now on all of them are shown. */
    end,
    /** Notes that a field of the step, or with no step of the settings, was left. */
    leave(stepId: string | undefined, { target }: FocusEvent): void {
      const place = target instanceof Element ? target.closest('[data-field]') : null;
      const path = place?.getAttribute('data-field') ?? undefined;
      if (path !== undefined) left.value = new Set([...left.value, fieldKey(stepId, path)]);
    },
  };
}
export type Calm = ReturnType<typeof useCalm>;
