import { LIMITS } from '@hookloom/contracts';
import type { StepState } from '@hookloom/engine';
import { PermanentError } from '@hookloom/step-kit';
import type { Attempt } from './attempt.js';
import type { ExecutionContext } from './execution-context.js';
import type { RunScope } from './run-scope.js';

/** Journals a step's own output and lets what follows see it. @throws PermanentError when it is too large */
export async function keepOutput(
  { scope, journal, deps }: ExecutionContext,
  step: StepState,
  left: Attempt & { readonly handle: string; readonly detail?: unknown },
  json: string,
): Promise<void> {
  checkOutput(scope, step, json);
  await journal.addOutput({ kind: 'succeeded', ...left, at: deps.now() }, json);
  scope.setOutput(step, json);
}

/** @throws PermanentError when it is too large to be kept */
export function checkOutput(scope: RunScope, step: StepState, json: string): void {
  checkSize(json);
  scope.checkRoom(step, json);
}

function checkSize(json: string): void {
  if (json.length <= LIMITS.stepOutputBytes && Buffer.byteLength(json) <= LIMITS.stepOutputBytes) return;
  throw new PermanentError(
    `The step's output is ${Buffer.byteLength(json)} bytes; the limit is ${LIMITS.stepOutputBytes}. Ask for less, or keep only the fields you need.`,
    { code: 'output_too_large' },
  );
}

/** Journals that a step passes its input on. */
export function passOn(context: ExecutionContext, step: StepState, on: Attempt, handle: string | null): void {
  const { journal, deps, workflow } = context;
  const at = deps.now();
  if (step.planned.id === workflow.plan.triggerId && handle === null) {
    journal.add({ kind: 'filtered', at });
    return;
  }
  journal.add({ kind: 'succeeded', ...on, at, handle, passes: true });
  context.scope.setPassed(step);
}
