import type { RunError, RunKind, WorkflowDefinition } from '@hookloom/contracts';

/** A run that failed, as its workflow's error trigger is told. */
export interface FailedRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly version: number | null;
  readonly startedAt: Date;
  readonly eventId: string | undefined;
  readonly error: RunError | undefined;
}

/** JSON text: what an error run sees as `trigger.body`. */
export function errorInput(
  { id, kind, version, startedAt, eventId, error }: FailedRun,
  {
    key,
    name,
    definition,
  }: { readonly key: string; readonly name: string; readonly definition: WorkflowDefinition },
): string {
  const step = definition.steps.find((one) => one.id === error?.stepId);
  return JSON.stringify({
    run: {
      id,
      kind,
      version,
      startedAt: startedAt.toISOString(),
      workflowKey: key,
      workflowName: name,
      ...(eventId === undefined ? {} : { eventId }),
    },
    step: step ? { id: step.id, type: step.type, name: step.name ?? step.id } : null,
    error: error ?? null,
  });
}
