import type { WorkflowProblem } from '@hookloom/contracts';

const SETTING = /^(?:steps\.\d+\.config|settings)\.(.+)$/;

/** The setting that a problem is about, as a dot path inside the step's config or the workflow's settings; `undefined`: none. */
export function fieldOfProblem({ path }: WorkflowProblem): string | undefined {
  return SETTING.exec(path)?.[1];
}

export function problemsOfField(problems: readonly WorkflowProblem[], field: string): WorkflowProblem[] {
  return problems.filter((problem) => {
    const path = fieldOfProblem(problem);
    return path === field || path?.startsWith(`${field}.`) === true;
  });
}
