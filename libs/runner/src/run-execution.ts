import { DEFAULT_RUN_TIMEOUT_SECONDS } from '@hookloom/contracts';
import { emptyRunState, putBack, setPhase, stepState } from '@hookloom/engine';
import { PermanentError } from '@hookloom/step-kit';
import type { Attempt } from './attempt.js';
import type { CompiledWorkflow } from './compiled-workflow.js';
import type { ExecutionContext } from './execution-context.js';
import { Loops } from './loops.js';
import type { ClaimedRun } from './ports.js';
import { restoreRun } from './restore-run.js';
import { RunAnswers } from './run-answers.js';
import { RunJournal } from './run-journal.js';
import { RunScope } from './run-scope.js';
import type { RunnerDeps } from './runner-deps.js';
import { journalFailure } from './step-execution.js';

/** A run while a worker carries it on. */
export interface Execution extends ExecutionContext {
  readonly journal: RunJournal;
  /** Steps that run side by side. */
  readonly inFlight: Set<Promise<void>>;
  readonly turn: { isTaken: boolean };
  readonly stop: AbortController;
}

/** Brings the run to where its journal says that it stood. Writes nothing yet. */
export async function openExecution(
  deps: RunnerDeps,
  run: ClaimedRun,
  workflow: CompiledWorkflow,
  lost: AbortSignal,
): Promise<Execution> {
  const state = emptyRunState(workflow.plan);
  const journal = new RunJournal(deps.store, run, state, lost);
  const scope = new RunScope(run, workflow, (wait, path) =>
    deps.resumeUrl(wait.step.config['kind'] === 'approval' ? 'approval' : 'webhook', run.id, {
      path,
      generation: state.steps.get(path)?.generation ?? 0,
    }),
  );
  const answers = new RunAnswers(run.answers);
  const loops = new Loops(journal, scope, deps.now);
  if (run.journal.length > 0) await restoreRun(run.journal, { journal, scope, loops });
  const stop = new AbortController();
  const timeoutSeconds = workflow.definition.settings.timeoutSeconds ?? DEFAULT_RUN_TIMEOUT_SECONDS;
  const deadline = deps.now() + (timeoutSeconds - run.spentSeconds) * 1_000;
  const inFlight = new Set<Promise<void>>();
  const signal = stop.signal;
  const shared = { deps, run, workflow, scope, journal, loops, answers, signal, deadline };
  const execution = { ...shared, inFlight, stop, turn: { isTaken: false }, underWay: new Set<Attempt>() };
  settleUnknown(execution);
  wakeAnswered(execution);
  return execution;
}

/** What these steps waited for has come. */
function wakeAnswered({ journal, answers }: Execution): void {
  const { state } = journal;
  for (const path of state.waiting) {
    const step = stepState(state, path);
    if (step.suspension && answers.find(step)) setPhase(state, path, 'ready');
  }
}

/**
 * A crash stopped these steps. Where it hid whether they had their effect, the author said what to do (`onUnknown`).
 */
function settleUnknown(execution: Execution): void {
  const { deps, journal } = execution;
  const stopped = [...journal.state.steps].filter(([, { phase }]) => phase === 'running');
  for (const [path, step] of stopped) {
    if (!step.isUnsettled || step.planned.step.onUnknown !== 'fail') {
      putBack(journal.state, path);
      continue;
    }
    const error = new PermanentError(
      'The worker stopped while this step was under way, so whether it had its effect is not known. Check there, then retry or leave it.',
      { code: 'unknown_outcome' },
    );
    const on = { stepId: step.planned.id, path, attempt: step.attempt, startedAt: deps.now() };
    journalFailure(execution, step, { ...on, error, isRepeatable: false });
  }
}
