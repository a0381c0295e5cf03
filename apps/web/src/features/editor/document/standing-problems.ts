import type { WorkflowProblem, WorkflowStep } from '@hookloom/contracts';

const CONFIG = /^steps\.\d+\.config\.([^.]+)/;

/**
 * The problems that the server found and that still stand: of a setting that was changed since, or a step that is
 * gone, nobody knows until the next save, and a message about what was just mended would mislead.
 */
export function standingProblems(
  problems: readonly WorkflowProblem[],
  saved: readonly WorkflowStep[],
  edited: readonly WorkflowStep[],
): readonly WorkflowProblem[] {
  if (saved === edited) return problems;
  return problems.filter(({ stepId, path }) => {
    if (stepId === undefined) return true;
    const now = edited.find(({ id }) => id === stepId);
    const then = saved.find(({ id }) => id === stepId);
    const field = CONFIG.exec(path)?.[1];
    if (now === undefined || then === undefined || field === undefined) return now !== undefined;
    return JSON.stringify(now.config[field]) === JSON.stringify(then.config[field]);
  });
}
