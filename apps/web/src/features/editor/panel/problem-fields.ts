import type { WorkflowProblem } from '@hookloom/contracts';

const CONFIG = /^steps\.\d+\.config\.(.+)$/;

/** The setting that a problem is about, as a dot path inside the config; `undefined`: the step as a whole. */
export function fieldOfProblem({ path }: WorkflowProblem): string | undefined {
  return CONFIG.exec(path)?.[1];
}

export function problemsOfField(problems: readonly WorkflowProblem[], field: string): WorkflowProblem[] {
  return problems.filter((problem) => {
    const path = fieldOfProblem(problem);
    return path === field || path?.startsWith(`${field}.`) === true;
  });
}
