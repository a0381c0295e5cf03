import { putBack, setPhase, takeStep, type StepState } from '@hookloom/engine';
import type { Attempt } from './attempt.js';
import { StepPostponed } from './destinations.js';
import { publishStep, type ExecutionContext, type ShownStatus } from './execution-context.js';
import { ours, RunLost, RunPostponed } from './run-faults.js';
import { attemptStep } from './step-attempt.js';
import { errorOutput, failureEntry } from './step-failure.js';
import { passOn } from './step-output.js';
import { endWait } from './waiting.js';

/**
 * Does one ready step and journals what came of it. Interrupted, it leaves the step as if it had not begun.
 *
 * @throws RunLost if the run is no longer ours; RunPostponed if something of ours was away
 */
export async function executeStep(context: ExecutionContext, step: StepState): Promise<void> {
  const { deps, journal } = context;
  const { path, loop, round, suspension } = step;
  const begun = loop ?? suspension;
  const attempt = begun ? step.attempt : takeStep(journal.state, path);
  if (begun) setPhase(journal.state, path, 'running');
  const on = { stepId: step.planned.id, path, attempt, startedAt: begun?.startedAt ?? deps.now() };
  publishStep(context, step, 'running');
  try {
    if (round) await ours(() => context.loops.enter(round));
    if (loop) await context.loops.close(step, on);
    else if (suspension) await endWait(context, step, on, suspension);
    else if (step.planned.step.disabled) passOn(context, step, on, mainHandle(context, step));
    else if (isPinned(context, step)) await givePinned(context, step, on);
    else {
      context.underWay.add(on);
      await attemptStep(context, step, context.workflow.step(step.planned.id), on);
    }
  } catch (error) {
    if (error instanceof RunLost) throw error;
    if (error instanceof StepPostponed && !context.signal.aborted) return postpone(context, on, error);
    if (error instanceof RunPostponed || context.signal.aborted) {
      putBack(journal.state, path);
      if (error instanceof RunPostponed) throw error;
      return;
    }
    journalFailure(context, step, { ...on, error, isRepeatable: isRepeatable(context, step) });
  } finally {
    context.underWay.delete(on);
    publishStep(context, step, shownStatus(step));
  }
}

/** Its run is put aside until then, where nothing else of it goes on. */
function postpone({ journal, deps }: ExecutionContext, on: Attempt, { wait }: StepPostponed): void {
  const { until, reason, turnUntil } = wait;
  const turn = turnUntil === undefined ? {} : { turnUntil };
  journal.add({ kind: 'postponed', ...on, at: deps.now(), until, reason, ...turn });
}

/** What has several ways on decides anew in every run, so a pin that an edit left behind there says nothing. */
function isPinned({ workflow }: ExecutionContext, { planned }: StepState): boolean {
  const type = workflow.findType(planned.id);
  return workflow.pins.has(planned.id) && type?.handles(planned.step.config).length === 1;
}

async function givePinned(context: ExecutionContext, step: StepState, on: Attempt): Promise<void> {
  const { journal, scope, deps, workflow } = context;
  const json = workflow.pins.get(step.planned.id) ?? 'null';
  scope.checkRoom(step, json);
  const handle = mainHandle(context, step);
  await journal.addOutput({ kind: 'succeeded', ...on, at: deps.now(), handle, pinned: true }, json);
  scope.setOutput(step, json);
}

/** A step that is disabled is a line through its card. */
function mainHandle(context: ExecutionContext, { planned }: StepState): string {
  const type = context.workflow.findType(planned.id);
  return type?.mainHandle ?? type?.handles(planned.step.config)[0] ?? 'out';
}

/** Journals that an attempt failed: another try, the step's own way on (`onError`), or the end of the run. */
export function journalFailure(
  context: ExecutionContext,
  step: StepState,
  failure: Attempt & { readonly error: unknown; readonly isRepeatable: boolean },
): void {
  const { journal, deps, run, scope } = context;
  const { attempt, startedAt, error } = failure;
  const entry = failureEntry({
    step: step.planned.step,
    inheritedRetry: context.workflow.definition.settings.retry,
    path: step.path,
    attempt,
    startedAt,
    at: deps.now(),
    error,
    isRepeatable: failure.isRepeatable,
    continueHandle: continueHandle(context, step),
    random: deps.random(),
  });
  if (entry.error?.code === 'internal') deps.reportFault(error, { runId: run.id, stepId: step.planned.id });
  if (entry.kind === 'failed' || !entry.error) return journal.add(entry);
  const json = errorOutput(entry.error);
  journal.add(entry, json);
  scope.setOutput(step, json);
}

function isRepeatable(context: ExecutionContext, { planned }: StepState): boolean {
  return context.workflow.findType(planned.id)?.repeat !== 'pure';
}

function continueHandle(context: ExecutionContext, { planned }: StepState): string {
  const type = context.workflow.findType(planned.id);
  const handles = type?.handles(planned.step.config) ?? ['out'];
  return type?.mainHandle ?? (handles.includes('out') ? 'out' : (handles.at(-1) ?? 'out'));
}

function shownStatus({ phase }: StepState): ShownStatus {
  return phase === 'succeeded' || phase === 'failed' || phase === 'waiting' ? phase : 'running';
}
