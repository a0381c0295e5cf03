import type { WorkflowProblem } from '@hookloom/contracts';
import { fieldOfProblem } from '../panel/problem-fields.js';

/** Names a field of a step, or with no step one of the workflow's settings. */
export function fieldKey(stepId: string | undefined, path: string): string {
  return `${stepId ?? ''}/${path}`;
}

/** Fields that are known to be left out: those that somebody left empty, and those that were so from the start. */
export interface LeftOut {
  /** The problems that were there when the workflow was opened. */
  readonly atOpen: readonly WorkflowProblem[];
  /** `fieldKey` of each field that had the focus and lost it. */
  readonly left: ReadonlySet<string>;
}

/** Without those of fields that nobody has come to yet: what is just begun is not wrong because it is not finished. */
export function calmProblems(
  problems: readonly WorkflowProblem[],
  { atOpen, left }: LeftOut,
): WorkflowProblem[] {
  const known = new Set(atOpen.map(keyOf));
  return problems.filter(
    (problem) => problem.code !== 'missing_field' || known.has(keyOf(problem)) || left.has(keyOf(problem)),
  );
}

function keyOf(problem: WorkflowProblem): string {
  return fieldKey(problem.stepId, fieldOfProblem(problem) ?? '');
}
