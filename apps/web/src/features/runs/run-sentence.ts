import type { RunDetail, StepResultView } from '@hookloom/contracts';

/** The facts of the one sentence that says where a run stands and why. */
export type RunSentence =
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly stepId: string | undefined;
      readonly attempts: number;
    }
  | {
      readonly kind: 'waiting';
      readonly stepId: string | undefined;
      readonly until: string | undefined;
      /** Why its destination is not called now, as the server says it. */
      readonly reason: string | undefined;
    }
  | {
      readonly kind: 'skipped';
      /** As the server says it; none: the trigger's filter said no. */ readonly reason: string | undefined;
    }
  | { readonly kind: 'queued'; /** In which it waits for its turn. */ readonly lane: string | undefined }
  | { readonly kind: 'cancelled' };

/** What the header of a run says; nothing where all went well or goes on. */
export function runSentence(run: RunDetail): RunSentence | undefined {
  switch (run.status) {
    case 'failed': {
      const step =
        run.steps.find(({ stepId }) => stepId === run.error?.stepId) ??
        run.steps.find(({ status }) => status === 'failed');
      const message = run.error?.message ?? step?.error?.message ?? '';
      return {
        kind: 'failed',
        message,
        stepId: run.error?.stepId ?? step?.stepId,
        attempts: step?.attempts.length ?? 0,
      };
    }
    case 'waiting': {
      const step = run.steps.find(({ status }) => status === 'waiting');
      return {
        kind: 'waiting',
        stepId: step?.stepId,
        until: run.resumesAt ?? step?.attempts.at(-1)?.retryAt,
        reason: postponement(step),
      };
    }
    case 'skipped':
      return { kind: 'skipped', reason: run.error?.message };
    case 'queued':
      return { kind: 'queued', lane: run.lane };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'running':
    case 'succeeded':
      return undefined;
  }
}

/** Only of a wait that goes on: an attempt that came later waits for something else. */
function postponement(step: StepResultView | undefined): string | undefined {
  const last = step?.postponed?.at(-1);
  return last && last.until === step?.resumesAt ? last.reason : undefined;
}
