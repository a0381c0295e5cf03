import { LIMITS } from '@hookloom/contracts';
import type { StepState, Suspension } from '@hookloom/engine';
import { ConfigurationError, PermanentError, type StepOutcome } from '@hookloom/step-kit';
import type { Attempt } from './attempt.js';
import type { StepAnswer } from './ports.js';
import { ours, RunLost } from './run-faults.js';
import type { ExecutionContext } from './execution-context.js';
import { checkOutput, keepOutput, passOn } from './step-output.js';

type Outcome<Kind extends StepOutcome['kind']> = Extract<StepOutcome, { kind: Kind }>;

/** Puts a step aside until its time, unless what it waits for has come already. */
export async function beginWait(
  context: ExecutionContext,
  step: StepState,
  on: Attempt,
  outcome: Outcome<'suspend'>,
): Promise<void> {
  const { journal, deps, answers } = context;
  const at = deps.now();
  const answer = answers.find(step);
  if (answer) return settleAnswer(context, step, on, answer);
  if (outcome.until <= at) return passOn(context, step, on, outcome.onDue);
  const { until, onDue, waitsFor, detail } = outcome;
  journal.add({
    kind: 'suspended',
    ...on,
    at,
    until: Math.round(until),
    onDue,
    ...(waitsFor === undefined ? {} : { waitsFor }),
    ...(detail === undefined ? {} : { detail }),
  });
  // Its page shows what the journal says.
  if (waitsFor !== undefined) await journal.write();
}

/** A step's wait is over: what it waited for came, or its time is up. */
export async function endWait(
  context: ExecutionContext,
  step: StepState,
  on: Attempt,
  suspension: Suspension,
): Promise<void> {
  const answer = context.answers.find(step) ?? (await closeWait(context, step, suspension));
  if (answer) return settleAnswer(context, step, on, answer);
  if (suspension.onDue !== null) return passOn(context, step, on, suspension.onDue);
  throw tooLate(step, suspension);
}

function tooLate({ planned: { step } }: StepState, { waitsFor }: Suspension): PermanentError {
  if (waitsFor !== 'subworkflow' || step.timeoutMs === undefined)
    return new PermanentError('What this step waited for did not come within a year.', {
      code: 'wait_timeout',
    });
  return new PermanentError(
    `The called workflow did not end within the ${step.timeoutMs} ms that this step waits. It goes on by itself: look at its run, or raise the time limit of this step.`,
    { code: 'timeout' },
  );
}

/** From now on whoever calls hears that it is too late; where somebody called just before, that counts. */
async function closeWait(
  { deps, run }: ExecutionContext,
  step: StepState,
  { waitsFor }: Suspension,
): Promise<StepAnswer | undefined> {
  if (waitsFor === undefined) return undefined;
  const answer = await ours(() => deps.store.closeWait(run, step));
  if (answer === false) throw new RunLost();
  return answer;
}

async function settleAnswer(
  context: ExecutionContext,
  step: StepState,
  on: Attempt,
  answer: StepAnswer,
): Promise<void> {
  if ('error' in answer) throw new PermanentError(answer.error.message, { code: answer.error.code });
  const handle = context.workflow.findType(step.planned.id)?.mainHandle ?? 'out';
  await keepOutput(context, step, { ...on, handle }, answer.outputJson);
}

/** Starts another workflow, once, and waits for its end. */
export async function callChild(
  context: ExecutionContext,
  step: StepState,
  on: Attempt,
  outcome: Outcome<'call'>,
): Promise<void> {
  const { deps, run, journal, answers } = context;
  const answer = answers.find(step);
  if (answer) return settleAnswer(context, step, on, answer);
  if ((run.depth ?? 0) + 1 >= LIMITS.subworkflowDepth) throw tooDeep();
  const inputJson = JSON.stringify(outcome.input ?? null);
  const { workflow } = outcome;
  const start = await ours(() => deps.store.startChild(run, step, { workflow, inputJson }));
  if (start === false) throw new RunLost();
  if (start.kind === 'refused') throw new ConfigurationError(start.message, { code: start.code });
  const at = deps.now();
  const until = at + Math.min(step.planned.step.timeoutMs ?? Infinity, LIMITS.waitSeconds * 1_000);
  const detail = { runId: start.runId };
  journal.add({ kind: 'suspended', ...on, at, until, onDue: null, waitsFor: 'subworkflow', detail });
  deps.changes.ring([start.runId]);
}

function tooDeep(): ConfigurationError {
  const message = `Workflows call one another more than ${LIMITS.subworkflowDepth} deep. Look for one that calls itself.`;
  return new ConfigurationError(message, { code: 'too_deep' });
}

/**
 * Hands an answer to the held request, then keeps it as the step's output: one that is on disk as done is never given
 * again. Of several answers of a run the first counts, so a second try changes nothing.
 */
export async function answerRequest(
  context: ExecutionContext,
  step: StepState,
  on: Attempt,
  outcome: Outcome<'respond'>,
): Promise<void> {
  const { deps, run, scope } = context;
  const { status, headers, body } = outcome;
  const answerJson = JSON.stringify({ status, headers, body });
  const isHeld = run.event?.isAwaited === true && run.kind === 'event';
  checkOutput(scope, step, answerJson);
  if (isHeld) {
    const isOurs = await ours(() => deps.store.respond(run, { kind: 'respond', answerJson }));
    if (!isOurs) throw new RunLost();
    deps.changes.answered(run.projectId, run.event?.id ?? '');
  }
  await keepOutput(context, step, { ...on, handle: 'out' }, answerJson);
  scope.noteResponse(async () => answerJson);
}
