import type { RunKind, RunRequest } from '@hookloom/contracts';
import { conflict, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { EventParts } from '../event-parts.js';
import { notThere } from '../retention/gone.js';
import type { RunBegun, StepTestRequest } from './run-query.js';
import { toManualInput } from './manual-input.js';
import { toRunChange } from './run-view.js';
import {
  StartableWorkflows,
  eventTriggers,
  manualTrigger,
  stepToTest,
  withOutputs,
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

/** What people do to runs: start, test, cancel. */
@Injectable()
export class RunActions {
  constructor(
    private readonly parts: AppParts,
    private readonly running: EventParts,
    private readonly workflows: StartableWorkflows,
  ) {}

  /**
   * @throws ProblemError 404; 409 when it is neither live nor a draft is asked for; 422 without a trigger, or when the
   * input does not fit the fields of the trigger
   */
  async start({ projectId }: Principal, workflowId: string, request: RunRequest): Promise<RunBegun> {
    const workflow = request.draft
      ? await this.workflows.getDraft(projectId, workflowId)
      : await this.workflows.getLive(projectId, workflowId);
    if (request.eventId !== undefined) {
      return this.testWithEvent(projectId, workflow, request.eventId, request.trigger);
    }
    const triggerStepId = manualTrigger(workflow.definition, request.trigger);
    const input = toManualInput(workflow.definition, triggerStepId, request.input);
    return { runId: await this.enqueue(projectId, workflow, { kind: 'manual', triggerStepId, input }) };
  }

  /** At the trigger that is named, else at the one of the event's endpoint. */
  private async testWithEvent(
    projectId: string,
    draft: Startable,
    eventId: string,
    trigger: string | undefined,
  ): Promise<RunBegun> {
    const event = await this.parts.store.events.findEndpointOf(projectId, eventId);
    if (!event) throw await notThere(this.parts.store, projectId, 'event', eventId);
    const endpoint = await this.parts.store.endpoints.find(projectId, event.endpointId);
    const triggerStepId = trigger ?? eventTriggers(draft.definition, endpoint?.key)[0];
    const start = {
      kind: 'test' as const,
      triggerStepId: manualTrigger(draft.definition, triggerStepId),
      eventId,
    };
    return { runId: await this.enqueue(projectId, draft, start) };
  }

  /** That step alone, of the draft, for real. @throws ProblemError 404 */
  async testStep(
    { projectId }: Principal,
    workflowId: string,
    stepId: string,
    request: StepTestRequest,
  ): Promise<RunBegun> {
    const workflow = withOutputs(await this.workflows.getDraft(projectId, workflowId), request.steps ?? {});
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

  /** Ends a run; one that is being worked on ends as soon as its worker hears of it. @throws ProblemError 404; 409 when it is over */
  async cancel({ projectId }: Pick<Principal, 'projectId'>, runId: string): Promise<RunBegun> {
    const outcome = await this.running.commands.cancel(projectId, runId);
    if (outcome === 'notFound') throw notFound('run');
    if (outcome === 'finished')
      throw conflict('finished', 'The run is over already, so there is nothing to cancel.');
    if (outcome === 'cancelled') await this.tellCancelled(projectId, runId);
    else this.running.live.tell({ kind: 'cancel', projectId, runId });
    return { runId };
  }

  /** A run in nobody's hands has no worker that would tell of its end. */
  private async tellCancelled(projectId: string, runId: string): Promise<void> {
    this.parts.metrics.runs.inc({ status: 'cancelled' });
    const run = await this.parts.store.runs.find(projectId, runId);
    if (run) this.running.live.publish({ kind: 'run', projectId, change: toRunChange(run) });
  }
}
