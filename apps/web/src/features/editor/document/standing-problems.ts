import type { WorkflowDefinition, WorkflowProblem } from '@hookloom/contracts';

const CONFIG = /^steps\.\d+\.config\.([^.]+)/;
const SETTING = /^settings\.([^.]+)/;

/** The parts of the document that problems are about. */
type Checked = Pick<WorkflowDefinition, 'steps' | 'settings'>;

/**
 * The problems that the server found and that still stand: of a setting that was changed since, or a step that is
 * gone, nobody knows until the next save, and a message about what was just mended would mislead.
 */
export function standingProblems(
  problems: readonly WorkflowProblem[],
  saved: Checked,
  edited: Checked,
): readonly WorkflowProblem[] {
  if (saved.steps === edited.steps && saved.settings === edited.settings) return problems;
  return problems.filter(({ stepId, path }) => {
    if (stepId === undefined) return isSameSetting(SETTING.exec(path)?.[1], saved, edited);
    const now = edited.steps.find(({ id }) => id === stepId);
    const then = saved.steps.find(({ id }) => id === stepId);
    const field = CONFIG.exec(path)?.[1];
    if (now === undefined || then === undefined || field === undefined) return now !== undefined;
    return JSON.stringify(now.config[field]) === JSON.stringify(then.config[field]);
  });
}

/** Whether the workflow's setting is as it was; a problem of no setting is about the whole, and stays. */
function isSameSetting(name: string | undefined, saved: Checked, edited: Checked): boolean {
  const valueIn = ({ settings }: Checked) =>
    new Map<string, unknown>(Object.entries(settings)).get(name ?? '');
  return JSON.stringify(valueIn(saved)) === JSON.stringify(valueIn(edited));
}
