import type { Page, PageQuery, RunBatchItemView, RunBatchRequest, RunBatchView } from '@hookloom/contracts';
import type { RunBatchItemRow, RunBatchRow } from '@hookloom/persistence';
import { actorOf, conflict, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { withinTime } from '../events/broad-search.js';
import { toPage, toPageOf } from '../http/page.js';
import { RunSearch } from '../runs/run-search.js';

/** Retrying and cancelling many runs; `RunBatchTurns` does the work. */
@Injectable()
export class RunBatches {
  constructor(
    private readonly parts: AppParts,
    private readonly search: RunSearch,
  ) {}

  /** @throws ProblemError 422 for a search that takes too long */
  async begin(principal: Principal, request: RunBatchRequest): Promise<RunBatchView> {
    const { projectId } = principal;
    const batch = await withinTime(async () => {
      const choice = await this.search.choose(projectId, request.filter);
      return this.parts.store.transaction(async (store) => {
        const asked = { request, choice, createdBy: actorOf(principal) };
        const made = await store.runBatches.create(projectId, asked);
        await recordChange(store, principal, { action: request.action, kind: 'run', id: made.id });
        return made;
      });
    });
    return toView(batch);
  }

  /** @throws ProblemError 404 */
  async get({ projectId }: Principal, id: string): Promise<RunBatchView> {
    const batch = await this.parts.store.runBatches.find(projectId, id);
    if (!batch) throw notFound('batch');
    return toView(batch);
  }

  /** @throws ProblemError 404 */
  async items(principal: Principal, id: string, query: PageQuery): Promise<Page<RunBatchItemView>> {
    await this.get(principal, id);
    const page = await this.parts.store.runBatches.items(principal.projectId, id, toPageOf(query));
    return toPage(page, toItemView);
  }

  /** @throws ProblemError 404; 409 when it is over */
  async cancel(principal: Principal, id: string): Promise<RunBatchView> {
    const wasRunning = await this.parts.store.runBatches.cancel(principal.projectId, id);
    const batch = await this.get(principal, id);
    if (!wasRunning) throw conflict('finished', 'It is over already, so there is nothing to cancel.');
    return batch;
  }
}

function toView({
  id,
  action,
  status,
  total,
  done,
  failed,
  createdAt,
  finishedAt,
}: RunBatchRow): RunBatchView {
  return {
    id,
    action,
    status,
    total,
    done,
    failed,
    left: total - done - failed,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

function toItemView({ reason, ...item }: RunBatchItemRow): RunBatchItemView {
  return reason === null ? item : { ...item, reason };
}
