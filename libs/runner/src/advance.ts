import { DEFAULT_RUN_TIMEOUT_SECONDS, type RunError } from '@hookloom/contracts';
import {
  decide,
  emptyRunState,
  PlanError,
  putBack,
  setPhase,
  stepState,
  type Decision,
  type RunState,
  type StepState,
} from '@hookloom/engine';
import { PermanentError } from '@hookloom/step-kit';
import type { CompiledWorkflow } from './compiled-workflow.js';
import { DefinitionGone, JournalUnreadable, type ClaimedRun, type RunRelease } from './ports.js';
import { RunLost, RunPostponed, untilDone } from './run-faults.js';
import { RunJournal } from './run-journal.js';
import { showProgress } from './run-progress.js';
import { RunAnswers } from './run-answers.js';
import { tellOfEnd, type EndOfRun } from './run-end.js';
import { RunScope } from './run-scope.js';
import { mustEnterLane, takeTurn } from './run-lane.js';
import { Loops } from './loops.js';
import { restoreRun } from './restore-run.js';
import { doRoundsAhead, loopToDoAhead } from './rounds-ahead.js';
import type { RunnerDeps } from './runner-deps.js';
import type { Attempt } from './attempt.js';
import type { ExecutionContext } from './execution-context.js';
import { executeStep, journalFailure } from './step-execution.js';

/** Until a run is tried again after a part of ours was away. */
const POSTPONE_MS = 2_000;

/** Node fires timers over this at once; no worker holds a run for so long (24 days). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Why steps that are still under way stop when their run ends; made once, since every run ends. */
const RUN_OVER = new Error('The run is over.');

/** How those who own a run's lease steer it. */
export interface RunControl {
  /** Aborts when the lease is gone: nothing may be written any more. */
  readonly lost: AbortSignal;
  /** Aborts when a person cancels the run. */
  readonly cancelled: AbortSignal;
  /** Aborts when the worker drains: running steps finish, then the run is handed back. */
  readonly draining: AbortSignal;
  /** Aborts when a worker that drains cannot wait any longer: running steps are stopped, to be done again. */
  readonly hurry: AbortSignal;
}

/**
 * Carries a claimed run on until it is finished, asleep or handed back: the only place where steps are done.
 * Never rejects: what goes wrong inside is journaled, and a lost run is left to its new owner.
 */
export async function advance(deps: RunnerDeps, run: ClaimedRun, control: RunControl): Promise<void> {
  try {
    if (run.unreadableEntries !== undefined) throw new JournalUnreadable();
    const workflow = await deps.workflows.get(run);
    await carryOn(await openExecution(deps, run, workflow, control), control);
  } catch (error) {
    if (error instanceof RunLost) return;
    if (!isHopeless(error)) deps.reportFault(error, { runId: run.id });
    await putAside(deps, run, error, control.lost).catch(() => undefined);
  }
}

interface Execution extends ExecutionContext {
  readonly journal: RunJournal;
  readonly inFlight: Set<Promise<void>>;
  readonly turn: { isTaken: boolean };
  readonly stop: AbortController;
}

async function openExecution(
  deps: RunnerDeps,
  run: ClaimedRun,
  workflow: CompiledWorkflow,
  control: RunControl,
): Promise<Execution> {
  const state = emptyRunState(workflow.plan);
  const journal = new RunJournal(deps.store, run, state, control.lost);
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

async function carryOn(execution: Execution, control: RunControl): Promise<void> {
  const { deps, journal, inFlight } = execution;
  const interruption = watch(execution, control);
  const stopShowing = showProgress(execution);
  try {
    for (;;) {
      interruption.check();
      const decision = decide(journal.state, deps.now());
      if (decision.kind === 'execute' && mustEnterLane(execution)) {
        const turn = await takeTurn(execution);
        if (turn === 'left') return;
        if (turn !== 'goesOn') return await finish(execution, turn);
        continue;
      }
      if (decision.kind === 'execute' && !control.draining.aborted)
        await executeAll(execution, decision.paths);
      else if (inFlight.size > 0) await Promise.race(inFlight);
      else return await release(execution, decision);
    }
  } catch (error) {
    if (error instanceof RunLost) throw error;
    deps.reportFault(error instanceof RunPostponed ? error.cause : error, { runId: execution.run.id });
    await Promise.allSettled(inFlight);
    await journal.release({ kind: 'asleep', until: deps.now() + POSTPONE_MS });
  } finally {
    stopShowing();
    interruption.end();
    execution.stop.abort(RUN_OVER);
    await Promise.allSettled(inFlight);
  }
}

/** A single step is awaited; ready branches run side by side and the first to end brings the loop on. */
async function executeAll(execution: Execution, paths: readonly string[]): Promise<void> {
  const { journal, inFlight } = execution;
  for (const path of paths) {
    const step = stepState(journal.state, path);
    if (step.phase !== 'ready') continue;
    const work = begin(execution, step);
    if (paths.length === 1 && inFlight.size === 0) return work;
    const tracked = work.finally(() => inFlight.delete(tracked));
    inFlight.add(tracked);
  }
  await Promise.race(inFlight);
}

async function begin(execution: Execution, step: StepState): Promise<void> {
  const { journal, loops, run } = execution;
  const ahead = loopToDoAhead(execution, step);
  if (ahead) await doRoundsAhead(execution, ahead);
  else await executeStep(execution, step);
  if (journal.state.endedRounds.length > 0) await loops.keepEnded();
  if (run.onlyStepId === undefined) await journal.whenLong();
}

/** Ends the run's steps when a person cancels, its time is up or the lease is gone. */
function watch(execution: Execution, control: RunControl): { check(): void; end(): void } {
  const { deps, journal, stop, deadline, run } = execution;
  const leftMs = deadline - deps.now();
  let isTimeUp = leftMs <= 0;
  const interrupt = (): void => stop.abort();
  const endTime = (): void => {
    isTimeUp = true;
    interrupt();
  };
  const timer = leftMs < LONGEST_TIMER_MS ? setTimeout(endTime, Math.max(0, leftMs)).unref() : undefined;
  control.lost.addEventListener('abort', interrupt);
  control.cancelled.addEventListener('abort', interrupt);
  control.hurry.addEventListener('abort', interrupt);
  if (run.cancelRequested) interrupt();
  return {
    check() {
      if (control.lost.aborted) throw new RunLost();
      if (journal.state.end) return;
      if (control.cancelled.aborted || run.cancelRequested)
        journal.add({ kind: 'cancelled', at: deps.now() });
      else if (isTimeUp || deps.now() >= deadline)
        journal.add({ kind: 'timedOut', at: deps.now(), error: runTimedOut() });
    },
    end() {
      clearTimeout(timer);
      control.lost.removeEventListener('abort', interrupt);
      control.cancelled.removeEventListener('abort', interrupt);
      control.hurry.removeEventListener('abort', interrupt);
    },
  };
}

function runTimedOut(): RunError {
  const message =
    'The run took longer than its workflow allows. Raise the time limit in the workflow settings, or look at which step was slow.';
  return { code: 'run_timeout', message };
}

async function release(execution: Execution, decision: Decision): Promise<void> {
  const { deps, journal, run } = execution;
  if (decision.kind === 'sleep') {
    await journal.release({ kind: 'asleep', until: decision.until });
    publishRun(deps, run, journal.state, 'waiting');
    return;
  }
  if (decision.kind !== 'finish') return journal.release({ kind: 'handedBack' });
  await finish(execution, decision);
}

async function finish(execution: Execution, end: EndOfRun): Promise<void> {
  const { deps, journal, run } = execution;
  const { status, error } = end;
  await tellOfEnd(execution, end);
  await journal.release({ kind: 'finished', status, error, finishedAt: deps.now() });
  publishRun(deps, run, journal.state, status);
  if (run.event?.isAwaited) deps.changes.answered(run.projectId, run.event.id);
}

function publishRun(
  deps: RunnerDeps,
  run: ClaimedRun,
  state: RunState,
  status: 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'skipped',
): void {
  deps.changes.publish(run.projectId, { runId: run.id, seq: state.entryCount, status });
}

/** Trying again would end the same way for ever. */
function isHopeless(fault: unknown): fault is PlanError | DefinitionGone | JournalUnreadable {
  return fault instanceof PlanError || fault instanceof DefinitionGone || fault instanceof JournalUnreadable;
}

/**
 * Before its first step: a definition that cannot be followed ends the run; what was away is tried again.
 *
 * @throws RunLost
 */
async function putAside(deps: RunnerDeps, run: ClaimedRun, fault: unknown, lost: AbortSignal): Promise<void> {
  const now = deps.now();
  const seq = run.unreadableEntries ?? run.journal.length;
  const how: RunRelease = isHopeless(fault)
    ? {
        kind: 'finished',
        status: run.cancelRequested ? 'cancelled' : 'failed',
        error: { code: fault.code, message: fault.message },
        finishedAt: now,
      }
    : { kind: 'asleep', until: now + POSTPONE_MS };
  const wasOurs = await untilDone(() => deps.store.release(run, seq, [], how), lost);
  if (wasOurs && how.kind === 'finished')
    deps.changes.publish(run.projectId, { runId: run.id, seq, status: how.status });
}
