import type { RunDetail, StepResultView } from '@hookloom/contracts';
import { changesBetween, type BodyChange } from '../events/body-changes.js';
import { stepDuration } from './waterfall.js';

/** One step in two runs of the same workflow. */
export interface StepComparison {
  readonly path: string;
  readonly stepId: string;
  readonly before: StepResultView | undefined;
  readonly after: StepResultView | undefined;
  readonly beforeMs: number | undefined;
  readonly afterMs: number | undefined;
  readonly inputs: readonly BodyChange[];
  readonly outputs: readonly BodyChange[];
}

/** The steps of both runs, in the order of the newer one. `now` ends what is still under way. */
export function compareRuns(before: RunDetail, after: RunDetail, now: number): StepComparison[] {
  const old = new Map(before.steps.map((step) => [step.path, step]));
  const present = new Map(after.steps.map((step) => [step.path, step]));
  return [...new Set([...present.keys(), ...old.keys()])].map((path) => {
    const [one, other] = [old.get(path), present.get(path)];
    return {
      path,
      stepId: other?.stepId ?? one?.stepId ?? path,
      before: one,
      after: other,
      beforeMs: one && stepDuration(one, now),
      afterMs: other && stepDuration(other, now),
      inputs: changesBetween(one?.input, other?.input),
      outputs: changesBetween(one?.output, other?.output),
    };
  });
}
