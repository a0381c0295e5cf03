import type { StepResultView, StepStatus, WorkflowStep } from '@hookloom/contracts';

/** What a card says about its step: where it stands in the run that is shown. */
export type ShownStatus =
  'idle' | 'queued' | 'running' | 'succeeded' | 'failed' | 'skipped' | 'waiting' | 'disabled';

const SHOWN: Readonly<Record<StepStatus, ShownStatus>> = {
  pending: 'queued',
  queued: 'queued',
  running: 'running',
  waiting: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  skipped: 'skipped',
  cancelled: 'skipped',
};

export function stepStatus(step: WorkflowStep, result: StepResultView | undefined): ShownStatus {
  if (step.disabled === true) return 'disabled';
  return result === undefined ? 'idle' : SHOWN[result.status];
}

/** How long a step took in all its attempts, in milliseconds; `undefined` while it is under way. */
export function tookMs({ startedAt, finishedAt }: StepResultView): number | undefined {
  if (startedAt === undefined || finishedAt === undefined) return undefined;
  return Date.parse(finishedAt) - Date.parse(startedAt);
}
