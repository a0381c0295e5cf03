import { keyFromName } from '@hookloom/contracts';
import type {
  Page,
  PageQuery,
  WorkflowDefinition,
  WorkflowInput,
  WorkflowSummary,
  WorkflowUpdate,
  WorkflowView,
} from '@hookloom/contracts';
import type { Store, WantedKey, WorkflowEntity } from '@hookloom/persistence';
import { conflict, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { toPage, toPageOf } from '../http/page.js';
import { DefinitionChecker } from './definition-checker.service.js';
import { OwnEndpoints, type WithEndpoints } from './own-endpoints.service.js';
import { readDefinition, toSummary, toView } from './workflow-view.js';
import { sendersOf } from './workflow-senders.js';

/** Workflows and their drafts. */
@Injectable()
export class WorkflowsService {
  constructor(
    private readonly parts: AppParts,
    private readonly ownEndpoints: OwnEndpoints,
    private readonly checker: DefinitionChecker,
  ) {}

  /** @throws ProblemError 409 if the key is taken */
  async create(principal: Principal, input: WorkflowInput): Promise<WorkflowView> {
    const key =
      input.key === undefined ? { base: keyFromName(input.name, 'workflow') } : { exact: input.key };
    return this.parts.store.transaction(async (store) => {
      const { workflow } = await this.createWithin(store, principal, { ...input, key });
      return this.view(store, workflow);
    });
  }

  /** Makes a workflow inside a transaction of the caller's, with endpoints for triggers that name none. */
  async createWithin(
    store: Store,
    principal: Principal,
    input: { readonly name: string; readonly key: WantedKey; readonly definition: WorkflowDefinition },
  ): Promise<{ workflow: WorkflowEntity; made: WithEndpoints['made'] }> {
    const { projectId } = principal;
    const { definition, made } = await this.ownEndpoints.attach(
      store,
      principal,
      input.name,
      input.definition,
    );
    const text = JSON.stringify(definition);
    const workflow = await store.workflows.create({
      projectId,
      name: input.name,
      key: input.key,
      definition: text,
      createdBy: principal.email,
    });
    if (!workflow)
      throw conflict('key_taken', 'There is a workflow with this key already. Choose another key.');
    await recordChange(store, principal, { action: 'create', kind: 'workflow', id: workflow.id });
    return { workflow, made };
  }

  async list(principal: Principal, query: PageQuery): Promise<Page<WorkflowSummary>> {
    const page = await this.parts.store.workflows.list(principal.projectId, toPageOf(query));
    const senders = await sendersOf(this.parts.store, principal.projectId, page.rows);
    return toPage(page, (workflow) => toSummary(workflow, senders(workflow)));
  }

  async get(principal: Principal, id: string): Promise<WorkflowView> {
    const workflow = await this.parts.store.workflows.find(principal.projectId, id);
    if (!workflow) throw notFound('workflow');
    return this.view(this.parts.store, workflow);
  }

  /** @throws ProblemError 409 if the draft was changed since `revision` */
  async update(principal: Principal, id: string, input: WorkflowUpdate): Promise<WorkflowView> {
    return this.parts.store.transaction(async (store) => {
      const workflow = await findForUpdate(store, principal, id);
      if (workflow.revision !== input.revision) {
        const detail = `Somebody saved this workflow since: it is at revision ${workflow.revision}. Load it again.`;
        throw conflict('revision', detail);
      }
      const name = input.name ?? workflow.name;
      const { definition } = await this.ownEndpoints.attach(store, principal, name, input.definition);
      await this.saveDraft(store, principal, { ...workflow, name, definition: JSON.stringify(definition) });
      await recordChange(store, principal, { action: 'update', kind: 'workflow', id });
      return this.view(store, await findForUpdate(store, principal, id));
    });
  }

  /** Deletes a workflow; its unfinished runs end as cancelled. Events and endpoints stay. */
  async delete(principal: Principal, id: string): Promise<void> {
    await this.parts.store.transaction(async (store) => {
      await findForUpdate(store, principal, id);
      await store.endpointRoutes.clear(id);
      await store.workflows.setLive(principal.projectId, id, { version: null, paused: false });
      await store.workflowQueue.cancelAll(id);
      await store.workflows.delete(principal.projectId, id);
      await recordChange(store, principal, { action: 'delete', kind: 'workflow', id });
    });
  }

  /** Writes `workflow.name` and `.definition` over the draft that had `workflow.revision`. */
  async saveDraft(store: Store, principal: Principal, workflow: WorkflowEntity): Promise<void> {
    const { id, name, definition, revision } = workflow;
    const at = { projectId: principal.projectId, id };
    const savedBy = principal.email;
    await store.workflows.saveDraft({ ...at, name, definition, savedBy, fromRevision: revision });
  }

  /** A workflow as the API shows it, with the problems of its draft as they are now. */
  async view(store: Store, workflow: WorkflowEntity): Promise<WorkflowView> {
    const { projectId } = workflow;
    const senders = await sendersOf(store, projectId, [workflow]);
    const problems = await this.checker.findProblems(store, projectId, readDefinition(workflow.definition));
    return toView(workflow, { senders: senders(workflow), problems });
  }
}

/** @throws ProblemError 404 */
export async function findForUpdate(store: Store, principal: Principal, id: string): Promise<WorkflowEntity> {
  const workflow = await store.workflows.findForUpdate(principal.projectId, id);
  if (!workflow) throw notFound('workflow');
  return workflow;
}
