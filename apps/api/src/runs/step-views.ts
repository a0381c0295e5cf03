import type { StepResultView } from '@hookloom/contracts';
import type { StepResult } from '@hookloom/engine';
import type { SizedValue, StepValues } from './step-values.js';

/**
 * Step results as the API shows them. Values are shown until `maxBytes` are used up: in a run whose steps hand a
 * large body on, the same bytes would come once for each step.
 */
export function toStepViews(
  results: readonly StepResult[],
  values: StepValues,
  maxBytes: number,
): StepResultView[] {
  let left = maxBytes;
  const fits = (value: SizedValue | undefined): value is SizedValue => {
    if (value === undefined || value.bytes > left) return false;
    left -= value.bytes;
    return true;
  };
  return results.map((result) => {
    const view = toView(result);
    const input = result.startedAt === undefined ? undefined : values.inputOf(result);
    const output = values.outputOf(result);
    if (fits(input)) view.input = input.value;
    else if (input !== undefined) view.leftOut = ['input'];
    if (fits(output)) view.output = output.value;
    else if (output !== undefined) view.leftOut = [...(view.leftOut ?? []), 'output'];
    return view;
  });
}

function toView(result: StepResult): StepResultView {
  const view: StepResultView = {
    stepId: result.stepId,
    path: result.path,
    status: result.status,
    attempts: result.attempts,
  };
  if (result.isPinned) view.pinned = true;
  if (result.error !== undefined) view.error = result.error;
  if (result.startedAt !== undefined) view.startedAt = new Date(result.startedAt).toISOString();
  if (result.status === 'waiting' && result.resumesAt !== undefined) {
    view.resumesAt = new Date(result.resumesAt).toISOString();
  }
  if (result.postponed.length > 0) view.postponed = result.postponed;
  if (result.finishedAt !== undefined) view.finishedAt = new Date(result.finishedAt).toISOString();
  return view;
}
