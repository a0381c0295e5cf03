import {
  concurrencyOf,
  takesEvents,
  type Page,
  type PageQuery,
  type WorkflowDefinition,
  type WorkflowVersionView,
  type WorkflowView,
} from '@hookloom/contracts';
import type { Route, Store, WorkflowEntity } from '@hookloom/persistence';
import { ProblemError, conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { DefinitionChecker } from './definition-checker.service.js';
import { pollsOf } from './polls.js';
import { schedulesOf } from './schedules.js';
import { WorkflowActivityService } from './workflow-activity.service.js';
import { readDefinition } from './workflow-view.js';
import { WorkflowsService, findForUpdate } from './workflows.service.js';

/** What is live. Each change rewrites the routes of the endpoints in its own transaction, so that ingress is never wrong. */
@Injectable()
export class PublishingService {
  constructor(
    private readonly parts: AppParts,
    private readonly workflows: WorkflowsService,
    private readonly checker: DefinitionChecker,
    private readonly activity: WorkflowActivityService,
  ) {}

  /**
   * Freezes the draft under the next number and makes it live.
   *
   * @param note what is new, for those who look at the versions later
   * @throws ProblemError 422 with the blocking problems
   */
  async publish(principal: Principal, id: string, note?: string): Promise<{ version: number }> {
    return this.parts.store.transaction(async (store) => {
      const workflow = await findForUpdate(store, principal, id);
      const definition = readDefinition(workflow.definition);
      await this.refuseBlocking(store, principal, definition);
      const version = await store.workflows.addVersion({
        projectId: principal.projectId,
        workflowId: id,
        definition: workflow.definition,
        createdBy: principal.email,
        note: note === undefined || note === '' ? null : note,
      });
      await this.goLive(store, workflow, version, definition);
      await recordChange(store, principal, {
        action: 'publish',
        kind: 'workflow',
        id,
        detail: `version ${version}`,
      });
      return { version };
    });
  }

  /** Makes an earlier version live at once; runs in flight finish on their own version. */
  makeLive(principal: Principal, id: string, version: number): Promise<WorkflowView> {
    return this.change(principal, id, `live ${version}`, async (store, workflow) => {
      const definition = await this.loadVersion(store, principal, id, version);
      await this.refuseBlocking(store, principal, definition);
      await this.goLive(store, workflow, version, definition);
    });
  }

  /** Makes an earlier version the draft. */
  restore(principal: Principal, id: string, version: number): Promise<WorkflowView> {
    return this.change(principal, id, `restore ${version}`, async (store, workflow) => {
      const definition = JSON.stringify(await this.loadVersion(store, principal, id, version));
      await this.workflows.saveDraft(store, principal, { ...workflow, definition });
    });
  }

  /** Nothing starts it any more; held events become captured ones. */
  unpublish(principal: Principal, id: string): Promise<WorkflowView> {
    return this.change(principal, id, 'unpublish', async (store, workflow) => {
      liveVersionOf(workflow);
      await store.endpointRoutes.clear(id);
      await store.schedules.clear(id);
      await store.polls.clear(id);
      await store.workflows.setLive(principal.projectId, id, { version: null, paused: false });
      await store.workflowQueue.giveUpHeld(id);
    });
  }

  /** Holds back runs that have not started, and events from now on. */
  pause(principal: Principal, id: string): Promise<WorkflowView> {
    return this.change(principal, id, 'pause', async (store, workflow) => {
      liveVersionOf(workflow);
      await store.workflowQueue.pause(workflow.projectId, id);
    });
  }

  /** Lets held runs and events go on, oldest first, at a limited rate. */
  resume(principal: Principal, id: string): Promise<WorkflowView> {
    return this.change(principal, id, 'resume', async (store, workflow) => {
      const version = liveVersionOf(workflow);
      await store.endpointRoutes.resume(id);
      await this.setSchedules(store, { ...workflow, paused: false }, version);
      await store.workflows.setLive(workflow.projectId, id, { version, paused: false });
      await store.workflowQueue.release(id);
    });
  }

  async listVersions(principal: Principal, id: string, query: PageQuery): Promise<Page<WorkflowVersionView>> {
    const { store } = this.parts;
    const workflow = await store.workflows.find(principal.projectId, id);
    if (!workflow) throw notFound('workflow');
    const before = query.cursor === undefined ? undefined : toVersion(query.cursor);
    const at = { projectId: principal.projectId, workflowId: id, limit: query.limit, before };
    const { rows, next } = await store.workflows.listVersions(at);
    const counted = await this.activity.versionRuns(principal.projectId, id);
    const items = rows.map((row) => ({
      version: row.version,
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdBy,
      note: row.note,
      live: row.version === workflow.liveVersion,
      runs: counted.get(row.version) ?? { finished: 0, succeeded: 0 },
      definition: readDefinition(row.definition),
    }));
    return { items, nextCursor: next === null ? null : String(next) };
  }

  private change(
    principal: Principal,
    id: string,
    action: string,
    work: (store: Store, workflow: WorkflowEntity) => Promise<void>,
  ): Promise<WorkflowView> {
    return this.parts.store.transaction(async (store) => {
      await work(store, await findForUpdate(store, principal, id));
      await recordChange(store, principal, { action, kind: 'workflow', id });
      return this.workflows.view(store, await findForUpdate(store, principal, id));
    });
  }

  private async goLive(
    store: Store,
    workflow: WorkflowEntity,
    version: number,
    definition: WorkflowDefinition,
  ): Promise<void> {
    const { projectId, id: workflowId, paused } = workflow;
    const maxConcurrentRuns = concurrencyOf(definition.settings);
    const routes = await routesOf(store, projectId, definition);
    await store.endpointRoutes.replace({ projectId, workflowId, version, paused, maxConcurrentRuns }, routes);
    await this.setSchedules(store, workflow, version);
    await store.workflows.setLive(projectId, workflowId, { version, paused });
  }

  /** While a workflow is paused no time comes and nothing is looked at; on resume both go on from then. */
  private async setSchedules(
    store: Store,
    { projectId, id: workflowId, paused }: WorkflowEntity,
    version: number,
  ): Promise<void> {
    if (paused) {
      await store.polls.clear(workflowId);
      return store.schedules.clear(workflowId);
    }
    const row = await store.workflows.findVersion(projectId, workflowId, version);
    if (!row) throw notFound('version');
    const definition = readDefinition(row.definition);
    const maxConcurrentRuns = concurrencyOf(definition.settings);
    const schedules = schedulesOf(definition, new Date());
    await store.schedules.replace({ projectId, workflowId, version, maxConcurrentRuns }, schedules);
    const polls = await pollsOf(store, projectId, definition);
    await store.polls.replace({ projectId, workflowId, version }, polls);
  }

  private async refuseBlocking(
    store: Store,
    principal: Principal,
    definition: WorkflowDefinition,
  ): Promise<void> {
    const problems = await this.checker.findProblems(store, principal.projectId, definition);
    const errors = problems.filter((problem) => problem.blocking);
    if (errors.length > 0) throw invalid(errors, 'This workflow cannot be published yet.');
  }

  private async loadVersion(
    store: Store,
    principal: Principal,
    workflowId: string,
    version: number,
  ): Promise<WorkflowDefinition> {
    const row = await store.workflows.findVersion(principal.projectId, workflowId, version);
    if (!row) throw notFound('version');
    return readDefinition(row.definition);
  }
}

/** @throws ProblemError 409 when nothing is live */
function liveVersionOf({ liveVersion }: WorkflowEntity): number {
  if (liveVersion === null) throw conflict('not_live', 'This workflow is not live. Publish it first.');
  return liveVersion;
}

async function routesOf(store: Store, projectId: string, definition: WorkflowDefinition): Promise<Route[]> {
  const triggers = definition.steps.filter((step) => takesEvents(step.type) && step.disabled !== true);
  const keys = triggers.map((step) => String(step.config['endpoint']));
  const endpoints = new Map(
    (await store.endpoints.findByKeys(projectId, keys)).map((row) => [row.key, row.id]),
  );
  return triggers.flatMap((step) => {
    const endpointId = endpoints.get(String(step.config['endpoint']));
    return endpointId === undefined ? [] : [{ endpointId, stepId: step.id }];
  });
}

function toVersion(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new ProblemError(422, 'Invalid input', 'Use the nextCursor of the page before as cursor.');
}
