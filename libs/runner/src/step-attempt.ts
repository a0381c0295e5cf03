import { createHash } from 'node:crypto';
import type { StepState } from '@hookloom/engine';
import {
  createRedactor,
  Evaluated,
  NO_FILES,
  type AccessTokens,
  type FileReader,
  RetryableError,
  StepError,
  type Redactor,
  type RepeatClass,
  type StepContext,
  type StepOutcome,
  type StepType,
} from '@hookloom/step-kit';
import type { Attempt } from './attempt.js';
import type { CompiledStep } from './compiled-workflow.js';
import type { ExecutionContext } from './execution-context.js';
import { Pace } from './pace.js';
import { pacedHttp, pacedMail } from './paced-clients.js';
import type { FilesOf } from './run-files.js';
import { ours } from './run-faults.js';
import { connectionSecrets, openConnection, resolveConfig, type ReadyConfig } from './step-config.js';
import { keepOutput, passOn } from './step-output.js';
import { pinnedEventId } from './trigger-parts.js';
import { answerRequest, beginWait, callChild } from './waiting.js';

const DEFAULT_STEP_TIMEOUT_MS = 30_000;
const UNREAD: ReadyConfig = { config: {}, evaluated: {} };

/**
 * Does one attempt of a step: reads its config and connection, lets it act, and journals what it says.
 *
 * @throws what the step throws, its secrets hidden; StepPostponed before it acted; RunLost, RunPostponed
 */
export async function attemptStep(
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
  const secrets = [...connectionSecrets(connection)];
  const tokens = notedTokens(deps.tokens, secrets);
  const act = (signal: AbortSignal, files: FileReader): StepOutcome | Promise<StepOutcome> =>
    compiled.type.run(
      stepContext(context, step, { ready, connection, signal, attempt: on.attempt, files, tokens }),
    );
  const acting =
    repeat === 'pure'
      ? act(context.signal, NO_FILES)
      : withTimeLimit(context, compiled, (signal) =>
          deps.files.lend(filesOf(context, signal), (files) => act(signal, files)),
        );
  const outcome = await Promise.resolve(acting).catch((error: unknown) => {
    throw redactError(error, createRedactor(secrets));
  });
  await settle(context, step, on, outcome, createRedactor(secrets));
  if (repeat === 'keyed' || repeat === 'unsafe') context.journal.noteEffect();
}

/** Every token that a step gets is a secret of its own. */
function notedTokens(tokens: AccessTokens, secrets: string[]): AccessTokens {
  return {
    async get(connection, signal) {
      const token = await tokens.get(connection, signal);
      if (!secrets.includes(token)) secrets.push(token);
      return token;
    },
    drop: (connection, token) => tokens.drop(connection, token),
  };
}

function filesOf({ run, workflow }: ExecutionContext, signal: AbortSignal): FilesOf {
  return { run, pinnedEventId: () => pinnedEventId(run, workflow), signal };
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
    files: FileReader;
    tokens: AccessTokens;
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
    files: now.files,
    tokens: now.tokens,
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

function redactError(error: unknown, redact: Redactor): unknown {
  if (error instanceof Error) error.message = redact.text(error.message);
  if (error instanceof StepError && error.options.detail !== undefined)
    return error.withDetail(redact.value(error.options.detail));
  return error;
}
