import type { RunKind, RunRequest } from '@hookloom/contracts';
import { conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { EventParts } from '../event-parts.js';
import { planOfRun } from './run-plan.js';
import type { RetryRequest, RunBegun, StepTestRequest } from './run-query.js';
import { retryFrom } from './retry-from.js';
import {
  StartableWorkflows,
  manualTrigger,
  stepToTest,
  type Startable,
} from './startable-workflows.service.js';

/** Where and with what a run begins. */
export interface RunStart {
  readonly kind: RunKind;
  readonly triggerStepId: string;
  readonly onlyStepId?: string;
  readonly eventId?: string;
  /** A JSON value. */
  readonly input?: unknown;
}

/** What people do to runs: start, test, retry, cancel. */
@Injectable()
export class RunActions {
  constructor(
    private readonly parts: AppParts,
    private readonly running: EventParts,
    private readonly workflows: StartableWorkflows,
  ) {}

  /** @throws ProblemError 404; 409 when it is neither live nor a draft is asked for; 422 without a trigger */
  async start({ projectId }: Principal, workflowId: string, request: RunRequest): Promise<RunBegun> {
    const workflow = request.draft
      ? await this.workflows.getDraft(projectId, workflowId)
      : await this.workflows.getLive(projectId, workflowId);
    const triggerStepId = manualTrigger(workflow.definition, request.trigger);
    const runId = await this.enqueue(projectId, workflow, {
      kind: 'manual',
      triggerStepId,
      input: request.input,
    });
    return { runId };
  }

  /** That step alone, of the draft, for real. @throws ProblemError 404 */
  async testStep(
    { projectId }: Principal,
    workflowId: string,
    stepId: string,
    request: StepTestRequest,
  ): Promise<RunBegun> {
    const workflow = await this.workflows.getDraft(projectId, workflowId);
    const onlyStepId = stepToTest(workflow.definition, stepId);
    const start = { kind: 'test' as const, triggerStepId: stepId, onlyStepId, input: request.input };
    return { runId: await this.enqueue(projectId, workflow, start) };
  }

  /** Queues a run and rings for it. */
  async enqueue(projectId: string, workflow: Startable, start: RunStart): Promise<string> {
    const { kind, triggerStepId, onlyStepId, eventId, input } = start;
    const { workflowId, version, draft, maxConcurrentRuns, isPaused } = workflow;
    const runId = await this.running.commands.enqueue({
      projectId,
      workflowId,
      version,
      kind,
      triggerStepId,
      onlyStepId,
      eventId,
      input: input === undefined ? undefined : JSON.stringify(input),
      draft,
      maxConcurrentRuns,
      state: isPaused ? 'held' : 'queued',
    });
    if (!isPaused) this.running.bell.ring([runId]);
    return runId;
  }

  /**
   * Goes on with the same run; what had succeeded is kept.
   *
   * @throws ProblemError 404; 409 unless it failed or was cancelled; 422 for a step that it never reached
   */
  async retry({ projectId }: Principal, runId: string, request: RetryRequest): Promise<RunBegun> {
    const { runs } = this.parts.store;
    const run = await runs.find(projectId, runId);
    if (!run) throw notFound('run');
    const plan = planOfRun(run, await runs.originOf(projectId, run));
    if (!plan) throw conflict('definition_gone', 'What this run followed is deleted, so it cannot go on.');
    const start = retryFrom(plan, await runs.journalOf(projectId, runId), request.from);
    if (start.kind === 'notReached') {
      throw invalid([{ path: 'from', message: `The run never reached a step "${request.from}".` }]);
    }
    const outcome = await this.running.commands.retry(projectId, runId, start.from);
    if (outcome.kind === 'notFound') throw notFound('run');
    if (outcome.kind === 'notRetryable') {
      throw conflict(
        'not_retryable',
        `Only a failed or cancelled run can be retried; this one is ${outcome.status}.`,
      );
    }
    this.running.bell.ring([runId]);
    return { runId };
  }

  /** Ends a run; one that is being worked on ends within ten seconds. @throws ProblemError 404; 409 when it is over */
  async cancel({ projectId }: Principal, runId: string): Promise<RunBegun> {
    const outcome = await this.running.commands.cancel(projectId, runId);
    if (outcome === 'notFound') throw notFound('run');
    if (outcome === 'finished')
      throw conflict('finished', 'The run is over already, so there is nothing to cancel.');
    return { runId };
  }
}
