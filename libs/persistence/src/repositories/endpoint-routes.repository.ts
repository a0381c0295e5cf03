import type { EntityManager } from 'typeorm';
import { EndpointRouteEntity } from '../entities/index.js';
import { EndpointsRepository } from './endpoints.repository.js';

/** A trigger step of a live version that starts from an endpoint. */
export interface Route {
  readonly endpointId: string;
  readonly stepId: string;
}

/** Which live workflows start from which endpoint. Every change raises the revision of the endpoints it touches. */
export class EndpointRoutesRepository {
  private readonly endpoints: EndpointsRepository;

  constructor(private readonly manager: EntityManager) {
    this.endpoints = new EndpointsRepository(manager);
  }

  /** Replaces all routes of a workflow. Call inside the transaction that changes what is live. */
  async replace(
    workflow: {
      readonly projectId: string;
      readonly workflowId: string;
      readonly version: number;
      readonly paused: boolean;
      readonly maxConcurrentRuns: number | undefined;
    },
    routes: readonly Route[],
  ): Promise<void> {
    const before = await this.endpointsOf(workflow.workflowId);
    const touched = new Set([...before, ...routes.map((route) => route.endpointId)]);
    await this.endpoints.raiseRevisions([...touched]);
    await this.manager.delete(EndpointRouteEntity, { workflowId: workflow.workflowId });
    const { maxConcurrentRuns = null, ...shared } = workflow;
    await this.manager.insert(
      EndpointRouteEntity,
      routes.map((route) => ({ ...route, ...shared, maxConcurrentRuns })),
    );
  }

  /** Nothing starts the workflow any more. */
  async clear(workflowId: string): Promise<void> {
    await this.endpoints.raiseRevisions(await this.endpointsOf(workflowId));
    await this.manager.delete(EndpointRouteEntity, { workflowId });
  }

  /** Events start the workflow again. What pausing does to its routes is said by `PAUSE_WORKFLOW`. */
  async resume(workflowId: string): Promise<void> {
    await this.endpoints.raiseRevisions(await this.endpointsOf(workflowId));
    await this.manager.update(EndpointRouteEntity, { workflowId }, { paused: false });
  }

  /** Keys of the live workflows that start from an endpoint. */
  async findLiveWorkflows(endpointId: string): Promise<string[]> {
    const rows = await this.manager.query<{ key: string }[]>(
      `select distinct w.key from endpoint_route r join workflow w on w.id = r.workflow_id
        where r.endpoint_id = $1 order by w.key`,
      [endpointId],
    );
    return rows.map((row) => row.key);
  }

  private async endpointsOf(workflowId: string): Promise<string[]> {
    const rows = await this.manager.findBy(EndpointRouteEntity, { workflowId });
    return [...new Set(rows.map((row) => row.endpointId))];
  }
}
