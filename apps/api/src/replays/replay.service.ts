import { conflict, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { EventParts } from '../event-parts.js';
import { notThere } from '../retention/gone.js';
import { RunActions } from '../runs/run-actions.service.js';
import type { ReplayBegun, ReplayRequest } from './replay-query.js';
import { StartableWorkflows, eventTriggers } from '../runs/startable-workflows.service.js';

/** New runs from old events, whatever had come of them. */
@Injectable()
export class ReplayService {
  constructor(
    private readonly parts: AppParts,
    private readonly running: EventParts,
    private readonly workflows: StartableWorkflows,
    private readonly actions: RunActions,
  ) {}

  /**
   * At the workflow that is named, or at every live workflow of the event's endpoint.
   *
   * @throws ProblemError 404; 409 when nothing is live to replay it at; 422 for a workflow without a webhook trigger
   */
  async replay({ projectId }: Principal, eventId: string, request: ReplayRequest): Promise<ReplayBegun> {
    const event = await this.parts.store.events.findEndpointOf(projectId, eventId);
    if (!event) throw await notThere(this.parts.store, projectId, 'event', eventId);
    const runIds =
      request.workflowId === undefined
        ? await this.replayAtEndpoint(projectId, eventId, event.endpointId)
        : await this.replayAtWorkflow(
            projectId,
            eventId,
            event.endpointId,
            request.workflowId,
            request.draft,
          );
    const [runId] = runIds;
    return runIds.length === 1 && runId !== undefined ? { runId } : { runIds };
  }

  private async replayAtEndpoint(projectId: string, eventId: string, endpointId: string): Promise<string[]> {
    const routes = await this.parts.store.events.routesOf(projectId, endpointId);
    if (routes.length === 0) {
      const detail =
        'No live workflow starts from the endpoint of this event. Publish one, or name a workflow.';
      throw conflict('not_live', detail);
    }
    const runIds: string[] = [];
    for (const { paused, maxConcurrentRuns, ...route } of routes) {
      const state = paused ? 'held' : 'queued';
      const limit = maxConcurrentRuns ?? undefined;
      const run = {
        projectId,
        ...route,
        kind: 'replay' as const,
        eventId,
        maxConcurrentRuns: limit,
        state,
      } as const;
      runIds.push(await this.running.commands.enqueue(run));
    }
    this.running.bell.ring(runIds);
    return runIds;
  }

  private async replayAtWorkflow(
    projectId: string,
    eventId: string,
    endpointId: string,
    workflowId: string,
    draft: boolean | undefined,
  ): Promise<string[]> {
    const workflow = draft
      ? await this.workflows.getDraft(projectId, workflowId)
      : await this.workflows.getLive(projectId, workflowId);
    const endpoint = await this.parts.store.endpoints.find(projectId, endpointId);
    const runIds: string[] = [];
    for (const triggerStepId of eventTriggers(workflow.definition, endpoint?.key)) {
      runIds.push(
        await this.actions.enqueue(projectId, workflow, { kind: 'replay', triggerStepId, eventId }),
      );
    }
    return runIds;
  }
}
