import type { JournalEntry, RetryForecast } from '@hookloom/contracts';
import { planOf, type Plan } from '@hookloom/engine';
import { EventGone, TakenOver, type NewRun, type RunOriginRow, type RunRow } from '@hookloom/persistence';
import { conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { EventParts } from '../event-parts.js';
import { notThere } from '../retention/gone.js';
import { foresee, resultsToKeep, retryFrom } from './retry-from.js';
import { planOfRun } from './run-plan.js';
import type { RetryRequest, RunBegun } from './run-query.js';
import { StartableWorkflows, type Startable } from './startable-workflows.service.js';

/** A run that is over, with what it followed and did. */
interface Past {
  readonly run: RunRow;
  readonly origin: RunOriginRow;
  readonly plan: Plan;
  readonly journal: readonly JournalEntry[];
}

/** Whose run it is. */
type Owner = Pick<Principal, 'projectId'>;

interface Next {
  readonly live: Startable;
  readonly plan: Plan;
  readonly kept: JournalEntry[];
}

/** Goes on with runs that failed or were cancelled. */
@Injectable()
export class RetryService {
  constructor(
    private readonly parts: AppParts,
    private readonly running: EventParts,
    private readonly workflows: StartableWorkflows,
  ) {}

  /**
   * The same run, where what had succeeded is kept; or a new run of the live version that takes over its results.
   *
   * @throws ProblemError 404; 409 unless it failed or was cancelled, where another run took over from it, or where nothing
   * is live; 422 for a step that it
   * never reached, or that the live version does not have
   */
  async retry({ projectId }: Owner, runId: string, request: RetryRequest): Promise<RunBegun> {
    const past = await this.find(projectId, runId);
    await this.refuseTakenOver(projectId, runId);
    const begun =
      request.version === 'live'
        ? await this.beginAnew(projectId, past, request.from)
        : await this.goOn(projectId, past, request.from);
    this.running.bell.ring([begun]);
    return { runId: begun };
  }

  /** What `retry` would keep and do again; nothing is done. @throws ProblemError as `retry` */
  async foresee({ projectId }: Principal, runId: string, request: RetryRequest): Promise<RetryForecast> {
    const past = await this.find(projectId, runId);
    await this.refuseTakenOver(projectId, runId);
    const { run, plan, journal } = past;
    if (!isRetryable(run)) throw notRetryable(run.status);
    if (request.version === 'live') {
      const next = await this.nextOf(projectId, past, request.from);
      return { ...foresee(next.plan, next.kept), version: next.live.version };
    }
    const from = startOf(past, request.from);
    const retried: JournalEntry = { kind: 'retried', at: journal.at(-1)?.at ?? 0, from: [...from] };
    return { ...foresee(plan, [...journal, retried]), version: run.version };
  }

  private async goOn(projectId: string, past: Past, from: string | undefined): Promise<string> {
    const outcome = await this.running.commands.retry(projectId, past.run.id, startOf(past, from));
    if (outcome.kind === 'notFound') throw notFound('run');
    if (outcome.kind === 'eventGone') throw new EventGone();
    if (outcome.kind === 'notRetryable') throw notRetryable(outcome.status);
    return past.run.id;
  }

  private async beginAnew(projectId: string, past: Past, from: string | undefined): Promise<string> {
    const { run, origin } = past;
    const { live, kept } = await this.nextOf(projectId, past, from);
    const next: NewRun = {
      projectId,
      workflowId: run.workflowId,
      version: live.version,
      kind: run.kind,
      triggerStepId: run.triggerStep,
      eventId: run.eventId ?? undefined,
      input: origin.input ?? undefined,
      maxConcurrentRuns: live.maxConcurrentRuns,
      state: live.isPaused ? 'held' : 'queued',
      journal: kept,
      retryOf: run.id,
    };
    try {
      return await this.running.commands.enqueue(next);
    } catch (error) {
      if (error instanceof TakenOver) await this.refuseTakenOver(projectId, run.id);
      throw error;
    }
  }

  /** Two runs that go on from the same results would do what is left twice. @throws ProblemError 409 */
  private async refuseTakenOver(projectId: string, runId: string): Promise<void> {
    const { runs } = this.parts.store;
    const links = await runs.linksOf(projectId, runId);
    const newer = links.find(({ isParent, kind }) => !isParent && kind === 'retry');
    if (!newer || !(await runs.find(projectId, newer.runId))) return;
    const message = `The run ${newer.runId} of the live version took over from this one. Go on with that run: retry it if it failed.`;
    throw conflict('taken_over', message);
  }

  /** The live version as a run of it would take over from this one. */
  private async nextOf(
    projectId: string,
    { run, plan, journal }: Past,
    from: string | undefined,
  ): Promise<Next> {
    if (!isRetryable(run)) throw notRetryable(run.status);
    if (run.onlyStep !== null)
      throw conflict('step_test', 'A test of one step belongs to no version. Test it again.');
    const live = await this.workflows.getLive(projectId, run.workflowId);
    if (!live.definition.steps.some((step) => step.id === run.triggerStep)) {
      throw noStep(`The live version has no trigger "${run.triggerStep}".`);
    }
    const next = planOf(live.definition, run.triggerStep);
    if (from !== undefined && !next.steps.has(from)) throw noStep(`The live version has no step "${from}".`);
    return { live, plan: next, kept: resultsToKeep(plan, journal, next, from) };
  }

  private async find(projectId: string, runId: string): Promise<Past> {
    const { runs } = this.parts.store;
    const run = await runs.find(projectId, runId);
    if (!run) throw await notThere(this.parts.store, projectId, 'run', runId);
    const origin = await runs.originOf(projectId, run);
    const plan = planOfRun(run, origin);
    if (!plan) throw conflict('definition_gone', 'What this run followed is deleted, so it cannot go on.');
    return { run, origin, plan, journal: await runs.journalOf(projectId, runId) };
  }
}

function startOf({ plan, journal }: Past, from: string | undefined): readonly string[] {
  const start = retryFrom(plan, journal, from);
  if (start.kind === 'notReached') throw noStep(`The run never reached a step "${from}".`);
  return start.from;
}

function isRetryable({ status }: RunRow): boolean {
  return status === 'failed' || status === 'cancelled';
}

function noStep(message: string): Error {
  return invalid([{ path: 'from', message }]);
}

function notRetryable(status: string): Error {
  return conflict('not_retryable', `Only a failed or cancelled run can be retried; this one is ${status}.`);
}
