import { createHash } from 'node:crypto';
import { putBack, setPhase, takeStep, type StepState } from '@hookloom/engine';
import {
  createRedactor,
  type Redactor,
  Evaluated,
  RetryableError,
  type RepeatClass,
  type StepContext,
  type StepOutcome,
  type StepType,
} from '@hookloom/step-kit';
import type { Attempt } from './attempt.js';
import { StepPostponed } from './destinations.js';
import { Pace } from './pace.js';
import { pacedHttp, pacedMail } from './paced-clients.js';
import type { CompiledStep } from './compiled-workflow.js';
import { publishStep, type ExecutionContext, type ShownStatus } from './execution-context.js';
import { keepOutput, passOn } from './step-output.js';
import { answerRequest, beginWait, callChild, endWait } from './waiting.js';
import { ours, RunLost, RunPostponed } from './run-faults.js';
import { connectionSecrets, openConnection, resolveConfig, type ReadyConfig } from './step-config.js';
import { errorOutput, failureEntry } from './step-failure.js';

const DEFAULT_STEP_TIMEOUT_MS = 30_000;
const UNREAD: ReadyConfig = { config: {}, evaluated: {} };

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

async function attemptStep(
  context: ExecutionContext,
  step: StepState,
  compiled: CompiledStep,
  on: Attempt,
): Promise<void> {
  const { deps, run, scope } = context;
  const isRead = compiled.type.ignoresConfig !== true;
  const ready = isRead
    ? await resolveConfig(deps, compiled, async () =>
        scope.forStep(step, await ours(() => deps.variables.load(run.projectId))),
      )
    : UNREAD;
  const connection = isRead ? await ours(() => openConnection(deps, run.projectId, compiled)) : undefined;
  const repeat = repeatClass(compiled.type, ready);
  await beforeActing(context, step, on, repeat);
  // What came before may have taken so long that its run is over, or another worker's.
  context.signal.throwIfAborted();
  const redact = createRedactor(connectionSecrets(connection));
  const act = (signal: AbortSignal): StepOutcome | Promise<StepOutcome> =>
    compiled.type.run(stepContext(context, step, { ready, connection, signal, attempt: on.attempt }));
  const acting = repeat === 'pure' ? act(context.signal) : withTimeLimit(context, compiled, act);
  const outcome = await Promise.resolve(acting).catch((error: unknown) => {
    throw redactError(error, redact);
  });
  await settle(context, step, on, outcome, redact);
  if (repeat === 'keyed' || repeat === 'unsafe') context.journal.noteEffect();
}

function repeatClass(type: StepType, ready: ReadyConfig): RepeatClass {
  return typeof type.repeat === 'function' ? type.repeat(ready.config) : type.repeat;
}

/** Effects that came before are made durable first; an effect that must not come twice announces itself. */
async function beforeActing(
  context: ExecutionContext,
  step: StepState,
  on: Attempt,
  repeat: RepeatClass,
): Promise<void> {
  if (repeat === 'pure') return;
  const { journal, deps } = context;
  context.signal.throwIfAborted();
  const mustAnnounce = repeat === 'unsafe' || step.planned.step.onUnknown === 'fail';
  if (!mustAnnounce) return journal.beforeEffect();
  context.underWay.delete(on);
  journal.add({ kind: 'started', stepId: on.stepId, path: on.path, attempt: on.attempt, at: deps.now() });
  await journal.write();
}

async function withTimeLimit<T>(
  context: ExecutionContext,
  compiled: CompiledStep,
  act: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const limitMs = compiled.step.timeoutMs ?? compiled.type.timeoutMs ?? DEFAULT_STEP_TIMEOUT_MS;
  const timeLimit = new AbortController();
  const timer = setTimeout(() => timeLimit.abort(tooSlow(limitMs)), limitMs);
  const signal = AbortSignal.any([context.signal, timeLimit.signal]);
  let interrupt: (() => void) | undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    interrupt = () => reject(signal.reason);
    signal.addEventListener('abort', interrupt);
  });
  try {
    return await Promise.race([act(signal), interrupted]);
  } finally {
    clearTimeout(timer);
    if (interrupt) signal.removeEventListener('abort', interrupt);
  }
}

function tooSlow(limitMs: number): RetryableError {
  return new RetryableError(
    `The step did not finish within ${limitMs} ms and was stopped. Raise its time limit, or look at why the other side is slow.`,
    { code: 'timeout' },
  );
}

function stepContext(
  context: ExecutionContext,
  step: StepState,
  now: {
    ready: ReadyConfig;
    connection: StepContext<unknown>['connection'];
    signal: AbortSignal;
    attempt: number;
  },
): StepContext<unknown> {
  const { deps, run, workflow } = context;
  const pace = new Pace({
    destinations: deps.destinations,
    projectId: run.projectId,
    workflowId: run.workflowId,
    limits: workflow.definition.settings.rateLimits ?? [],
    now: deps.now,
    turnUntil: step.turnUntil,
  });
  return {
    config: now.ready.config,
    evaluated: now.ready.evaluated,
    connection: now.connection,
    http: pacedHttp(deps.http, pace),
    mail: pacedMail(deps.mail, pace),
    idempotencyKey: idempotencyKey(run.id, step.path, step.generation),
    attempt: now.attempt,
    now: deps.now(),
    signal: now.signal,
    run: { id: run.id, workflowKey: workflow.key, workflowName: workflow.name },
  };
}

/**
 * The same for all attempts and reclaims of a step in a run; another for a replay (a new run) and for a
 * succeeded step that a person has done again (a new generation).
 */
export function idempotencyKey(runId: string, path: string, generation: number): string {
  const named = generation === 0 ? `${runId}/${path}` : `${runId}/${path}/${generation}`;
  return createHash('sha256').update(named).digest('base64url').slice(0, 32);
}

async function settle(
  context: ExecutionContext,
  step: StepState,
  on: Attempt,
  outcome: StepOutcome,
  redact: Redactor,
): Promise<void> {
  switch (outcome.kind) {
    case 'pass':
      return passOn(context, step, on, outcome.handle);
    case 'loop':
      return context.loops.begin(step, on, outcome);
    case 'suspend':
      return beginWait(context, step, on, outcome);
    case 'call':
      return callChild(context, step, on, outcome);
    case 'respond':
      return answerRequest(context, step, on, outcome);
    case 'stop':
      return stop(context, step, outcome, redact);
    case 'output': {
      const json = redact.json(outputText(outcome.output));
      const detail = outcome.detail === undefined ? {} : { detail: redact.value(outcome.detail) };
      return keepOutput(context, step, { ...on, handle: outcome.handle, ...detail }, json);
    }
  }
}

function stop(
  { journal, deps }: ExecutionContext,
  step: StepState,
  outcome: Extract<StepOutcome, { kind: 'stop' }>,
  redact: Redactor,
): void {
  const message = outcome.message === undefined ? {} : { message: redact.text(outcome.message) };
  const path = step.round ? { path: step.path } : {};
  const { status } = outcome;
  journal.add({ kind: 'stopped', stepId: step.planned.id, ...path, status, at: deps.now(), ...message });
}

function outputText(output: unknown): string {
  return output instanceof Evaluated ? output.json : (JSON.stringify(output) ?? 'null');
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

function redactError(error: unknown, redact: Redactor): unknown {
  if (error instanceof Error) error.message = redact.text(error.message);
  return error;
}

function shownStatus({ phase }: StepState): ShownStatus {
  return phase === 'succeeded' || phase === 'failed' || phase === 'waiting' ? phase : 'running';
}
