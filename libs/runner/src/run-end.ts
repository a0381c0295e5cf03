import type { FinishedRunStatus, RunError } from '@hookloom/contracts';
import type { RunState } from '@hookloom/engine';
import type { StepAnswer } from './ports.js';
import { RunLost } from './run-faults.js';
import type { RunJournal } from './run-journal.js';
import { errorInput } from './error-input.js';
import type { ExecutionContext } from './execution-context.js';

/** A run's end as others hear of it. */
export interface EndOfRun {
  readonly status: FinishedRunStatus;
  readonly error: RunError | undefined;
}

/**
 * Tells those who wait for a run that it is over: the run that called it, the request that is held open, its
 * workflow's own error trigger. Before the end is written, so that a crash between the two has it told again; all of
 * it is done once only.
 *
 * @throws RunLost
 */
export async function tellOfEnd(
  context: ExecutionContext & { readonly journal: RunJournal },
  end: EndOfRun,
): Promise<void> {
  const { deps, run, journal, scope } = context;
  const isHeld = run.event?.isAwaited === true && run.kind === 'event';
  const wantsAnswer = isHeld && end.status === 'succeeded' && !scope.hasResponse;
  const errorRun = errorRunOf(context, end);
  if (run.parentRunId === undefined && !wantsAnswer && !errorRun) return;
  await journal.write();
  if (run.parentRunId !== undefined) {
    mustBeOurs(await deps.store.answerParent(run, await answerOf(context, end)));
    deps.changes.ring([run.parentRunId]);
  }
  if (wantsAnswer) {
    const outputJson = await resultOf(context);
    mustBeOurs(await deps.store.respond(run, { kind: 'ended', outputJson }));
  }
  if (errorRun) deps.changes.ring([mustBeOurs(await deps.store.startErrorRun(run, errorRun))]);
}

function mustBeOurs<T>(value: T | false): T {
  if (value === false) throw new RunLost();
  return value;
}

async function answerOf(context: ExecutionContext, end: EndOfRun): Promise<StepAnswer> {
  if (end.status === 'succeeded') return { outputJson: await resultOf(context) };
  const why = end.error?.message ?? `it ended as ${end.status}.`;
  return {
    error: {
      code: 'child_failed',
      message: `The workflow "${context.workflow.name}" did not succeed: ${why}`,
    },
  };
}

/** JSON text: the body of the run's answer, else what its last step gave; with several last steps an object by id. */
async function resultOf({ scope, journal, deps }: ExecutionContext): Promise<string> {
  const answered = await scope.responseBody();
  if (answered !== undefined) return answered;
  const expressions = [{ source: 'input', as: 'value' } as const];
  const [outcome] = await deps.evaluator.evaluate({
    expressions,
    scope: scope.forEnd(lastSteps(journal.state)),
  });
  return outcome?.ok ? outcome.json : 'null';
}

/** Steps that were done and after which nothing more was; those inside loops are no steps of the run itself. */
function lastSteps({ steps }: RunState): string[] {
  const isDone = (id: string): boolean => steps.get(id)?.phase === 'succeeded';
  return [...steps.values()]
    .filter(
      ({ round, path, planned }) =>
        !round && isDone(path) && !planned.outgoing.some(({ target }) => isDone(target)),
    )
    .map(({ path }) => path);
}

function errorRunOf(
  { run, workflow, journal }: ExecutionContext,
  { status, error }: EndOfRun,
): { seq: number; triggerStepId: string; inputJson: string } | undefined {
  const triggerStepId = workflow.errorTriggerId;
  const isOfItsOwn = run.kind !== 'error' && run.version !== null && run.onlyStepId === undefined;
  if (triggerStepId === undefined || !isOfItsOwn || status !== 'failed') return undefined;
  const { id, kind, version, startedAt, event } = run;
  const failed = { id, kind, version, startedAt, eventId: event?.id, error };
  return { seq: journal.state.entryCount, triggerStepId, inputJson: errorInput(failed, workflow) };
}
