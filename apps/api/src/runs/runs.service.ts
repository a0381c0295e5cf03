import type { Page, PageQuery, RunDetail, RunLink, RunSummary, StepResultView } from '@hookloom/contracts';
import type { RunLinkRow, RunRow, RunsRepository, Store } from '@hookloom/persistence';
import { invalid, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { toPage, toPageOf } from '../http/page.js';
import { notThere } from '../retention/gone.js';
import { keptView } from '../retention/keeping.service.js';
import { toRunFilter, type RunQuery } from './run-query.js';
import { RunSteps } from './run-steps.service.js';
import { toRunSummary } from './run-view.js';

/** Steps in the answer about a whole run; the rest is paged. */
const STEPS_IN_DETAIL = 1_000;
const MIB = 1024 * 1024;

/** Runs as people look at them. */
@Injectable()
export class RunsService {
  private readonly store: Store;
  private readonly runs: RunsRepository;

  constructor(
    parts: AppParts,
    private readonly steps: RunSteps,
  ) {
    this.store = parts.store;
    this.runs = parts.store.runs;
  }

  async list({ projectId }: Principal, query: RunQuery): Promise<Page<RunSummary>> {
    return toPage(await this.runs.list(projectId, toRunFilter(query), toPageOf(query)), toRunSummary);
  }

  /** @throws ProblemError 404 */
  async get({ projectId }: Principal, id: string): Promise<RunDetail> {
    const run = await this.find(projectId, id);
    const range = { from: 0, limit: STEPS_IN_DETAIL, maxValueBytes: 4 * MIB };
    const { steps } = await this.steps.list(projectId, run, range);
    const links = toLinks(await this.runs.linksOf(projectId, id));
    const kept = await keptView(this.store, projectId, id);
    return { ...toRunSummary(run), steps, ...links, ...(kept ? { kept } : {}) };
  }

  /** A page of step results, each with its values however large. @throws ProblemError 404, 422 */
  async listSteps({ projectId }: Principal, id: string, query: PageQuery): Promise<Page<StepResultView>> {
    const run = await this.find(projectId, id);
    const from = toOffset(query.cursor);
    const range = { from, limit: query.limit, maxValueBytes: 40 * MIB };
    const { steps, count } = await this.steps.list(projectId, run, range);
    const next = from + steps.length;
    return { items: steps, nextCursor: next < count ? String(next) : null };
  }

  private async find(projectId: string, id: string): Promise<RunRow> {
    const run = await this.runs.find(projectId, id);
    if (!run) throw await notThere(this.store, projectId, 'run', id);
    return run;
  }
}

function toLinks(rows: readonly RunLinkRow[]): Pick<RunDetail, 'startedBy' | 'started'> {
  const toLink = ({ runId, kind, path }: RunLinkRow): RunLink =>
    path === '' ? { runId, kind } : { runId, kind, path };
  const [parent] = rows.filter(({ isParent }) => isParent);
  const started = rows.filter(({ isParent }) => !isParent).map(toLink);
  return { ...(parent ? { startedBy: toLink(parent) } : {}), ...(started.length > 0 ? { started } : {}) };
}

function toOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,6}$/.test(cursor)) return Number(cursor);
  throw invalid([{ path: 'cursor', message: 'Use the nextCursor of the page before.' }]);
}
