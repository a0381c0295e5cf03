import type { StepState } from '@hookloom/engine';
import type { Attempt } from './attempt.js';
import type { CompiledWorkflow } from './compiled-workflow.js';
import type { Loops } from './loops.js';
import type { ClaimedRun } from './ports.js';
import type { RunAnswers } from './run-answers.js';
import type { StepJournal } from './run-journal.js';
import type { RunnerDeps } from './runner-deps.js';
import type { RunScope } from './run-scope.js';

/** What the steps of one run share. */
export interface ExecutionContext {
  readonly deps: RunnerDeps;
  readonly run: ClaimedRun;
  readonly workflow: CompiledWorkflow;
  readonly scope: RunScope;
  readonly journal: StepJournal;
  readonly loops: Loops;
  readonly answers: RunAnswers;
  /** Aborts when the run is cancelled, out of time or lost. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds at which the run's time is up. */
  readonly deadline: number;
  /** Attempts that the journal does not tell of yet. */
  readonly underWay: Set<Attempt>;
}

export type ShownStatus = 'running' | 'succeeded' | 'failed' | 'waiting';

/** Tells those who watch where a step stands. */
export function publishStep(context: ExecutionContext, step: StepState, status: ShownStatus): void {
  const { deps, run, journal } = context;
  const on = { stepId: step.planned.id, path: step.path, status };
  deps.changes.publish(run.projectId, { runId: run.id, seq: journal.state.entryCount, ...on });
}
