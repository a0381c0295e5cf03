import type { BulkReplayRequest, Page, PageQuery, ReplayItemView, ReplayView } from '@hookloom/contracts';
import type { NamedStarts, ReplayItemRow, ReplayRow, ReplayTarget, Store } from '@hookloom/persistence';
import { actorOf, conflict, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { refuseHiddenText } from '../redaction/hidden-search.js';
import { redactorOf } from '../redaction/redactor-of.js';
import { withinTime } from '../events/broad-search.js';
import { toPage, toPageOf } from '../http/page.js';
import {
  StartableWorkflows,
  eventSteps,
  eventTriggers,
  type Startable,
} from '../runs/startable-workflows.service.js';
import type { BulkReplayBegun } from './replay-query.js';

/** Replays of many events: begun, watched and cancelled here, carried on by the workers. */
@Injectable()
export class BulkReplays {
  constructor(
    private readonly parts: AppParts,
    private readonly workflows: StartableWorkflows,
  ) {}

  /**
   * At the version that is live now (or the draft as it is now) of the workflow that is named; else at whatever is
   * live at each event's endpoint when its turn comes.
   *
   * @throws ProblemError 404; 409 when the workflow is not live; 422 for a workflow without a webhook trigger, or a
   *   filter that takes too long to look through
   */
  async begin(principal: Principal, request: BulkReplayRequest): Promise<BulkReplayBegun> {
    const { projectId } = principal;
    const { filter, perSecond } = request;
    refuseHiddenText(await redactorOf(this.parts.store, projectId), 'q' in filter ? filter.q : undefined);
    const target = await this.targetOf(projectId, request);
    const replay = { projectId, filter, perSecond, createdBy: actorOf(principal), target };
    const keep = async (store: Store) => {
      const { id, total } = await store.replays.create(replay);
      await recordChange(store, principal, {
        action: 'begin',
        kind: 'replay',
        id,
        detail: `${total} events`,
      });
      return { replayId: id };
    };
    return withinTime(() => this.parts.store.transaction(keep));
  }

  async list({ projectId }: Principal, query: PageQuery): Promise<Page<ReplayView>> {
    return toPage(await this.parts.store.replays.list(projectId, toPageOf(query)), toReplayView);
  }

  /** @throws ProblemError 404 */
  async get({ projectId }: Principal, id: string): Promise<ReplayView> {
    const replay = await this.parts.store.replays.find(projectId, id);
    if (!replay) throw notFound('replay');
    return toReplayView(replay);
  }

  /** Newest event first. @throws ProblemError 404 */
  async items(principal: Principal, id: string, query: PageQuery): Promise<Page<ReplayItemView>> {
    await this.get(principal, id);
    const page = await this.parts.store.replays.items(principal.projectId, id, toPageOf(query));
    return toPage(page, toItemView);
  }

  /** @throws ProblemError 404; 409 when it is over */
  async cancel(principal: Principal, id: string): Promise<ReplayView> {
    await this.get(principal, id);
    const isCancelled = await this.parts.store.transaction(async (store) => {
      if (!(await store.replays.cancel(principal.projectId, id))) return false;
      await recordChange(store, principal, { action: 'cancel', kind: 'replay', id });
      return true;
    });
    if (!isCancelled)
      throw conflict('finished', 'The replay is over already, so there is nothing to cancel.');
    return this.get(principal, id);
  }

  private async targetOf(projectId: string, request: BulkReplayRequest): Promise<ReplayTarget | undefined> {
    const { workflowId, draft } = request;
    if (workflowId === undefined) return undefined;
    const workflow = draft
      ? await this.workflows.getDraft(projectId, workflowId)
      : await this.workflows.getLive(projectId, workflowId);
    const starts = await this.startsOf(projectId, workflow);
    return { workflowId, version: workflow.version, starts, definition: workflow.draft?.definition };
  }

  private async startsOf(
    projectId: string,
    { definition, maxConcurrentRuns }: Startable,
  ): Promise<NamedStarts> {
    const keys = eventSteps(definition).flatMap(({ config: { endpoint } }) =>
      typeof endpoint === 'string' ? [endpoint] : [],
    );
    const endpoints = await this.parts.store.endpoints.findByKeys(projectId, keys);
    const byEndpoint = Object.fromEntries(
      endpoints.map(({ id, key }) => [id, eventTriggers(definition, key)]),
    );
    const otherwise = eventTriggers(definition, undefined);
    return { byEndpoint, otherwise, maxConcurrentRuns: maxConcurrentRuns ?? null };
  }
}

function toReplayView({ isDraft, workflowId, createdAt, finishedAt, ...row }: ReplayRow): ReplayView {
  return {
    ...row,
    ...(workflowId === null ? {} : { workflowId }),
    draft: isDraft,
    left: row.total - row.done - row.failed,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

function toItemView({ reason, ...item }: ReplayItemRow): ReplayItemView {
  return reason === null ? item : { ...item, reason };
}
