import type { RunDetail } from '@hookloom/contracts';

/** The facts of the one sentence that says where a run stands and why. */
export type RunSentence =
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly stepId: string | undefined;
      readonly attempts: number;
    }
  | { readonly kind: 'waiting'; readonly stepId: string | undefined; readonly until: string | undefined }
  | { readonly kind: 'skipped' | 'cancelled' | 'queued' };

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
      };
    }
    case 'skipped':
    case 'cancelled':
    case 'queued':
      return { kind: run.status };
    case 'running':
    case 'succeeded':
      return undefined;
  }
}
