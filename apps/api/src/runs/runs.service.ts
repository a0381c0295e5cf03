import type { StepResult } from '@hookloom/engine';
import {
  RunError,
  WorkflowDefinition,
  type Page,
  type RunCause,
  type RunCauses,
  type RunCount,
  type RunDetail,
  type RunFilter,
  type RunLink,
  type RunSummary,
  type StepResultView,
} from '@hookloom/contracts';
import type {
  RunCauseRow,
  RunLinkRow,
  RunListsRepository,
  RunRow,
  RunsRepository,
  Store,
} from '@hookloom/persistence';
import { invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { withinTime } from '../events/broad-search.js';
import { toPage, toPageOf } from '../http/page.js';
import { notThere } from '../retention/gone.js';
import { keptView } from '../retention/keeping.service.js';
import type { RunQuery, StepsQuery } from './run-query.js';
import { RunSearch } from './run-search.js';
import { RunSteps } from './run-steps.service.js';
import { toRunSummary } from './run-view.js';
import { countRounds, tellingSteps } from './telling-steps.js';

/** Steps in the answer about a whole run, those that tell most; the rest is paged. */
const STEPS_IN_DETAIL = 1_000;
const MIB = 1024 * 1024;

/** Runs as people look at them. */
@Injectable()
export class RunsService {
  private readonly store: Store;
  private readonly runs: RunsRepository;
  private readonly lists: RunListsRepository;

  constructor(
    parts: AppParts,
    private readonly steps: RunSteps,
    private readonly search: RunSearch,
  ) {
    this.store = parts.store;
    this.runs = parts.store.runs;
    this.lists = parts.store.runLists;
  }

  /** @throws ProblemError 422 for a search that takes too long */
  async list({ projectId }: Principal, query: RunQuery): Promise<Page<RunSummary>> {
    const page = await withinTime(async () =>
      this.lists.list(projectId, await this.search.choose(projectId, query), toPageOf(query)),
    );
    return toPage(page, toRunSummary);
  }

  /** How many runs the list of this filter has. @throws ProblemError 422, as `list` */
  async count({ projectId }: Principal, filter: RunFilter): Promise<RunCount> {
    const { count, isAll } = await withinTime(async () =>
      this.lists.count(projectId, await this.search.choose(projectId, filter)),
    );
    return { count, more: !isAll };
  }

  /** What the failures of this filter have in common. @throws ProblemError 422, as `list` */
  async causes({ projectId }: Principal, filter: RunFilter): Promise<RunCauses> {
    const { rows, looked, isAll } = await withinTime(async () =>
      this.lists.causes(projectId, await this.search.choose(projectId, filter)),
    );
    return { items: rows.map(toCause), looked, more: !isAll };
  }

  /** @throws ProblemError 404 */
  async get({ projectId }: Principal, id: string): Promise<RunDetail> {
    const run = await this.find(projectId, id);
    const { steps, all } = await this.steps.list(projectId, run, {
      pick: (results) => tellingSteps(results, STEPS_IN_DETAIL),
      maxValueBytes: 4 * MIB,
    });
    const rounds = steps.length < all.length ? { rounds: countRounds(all) } : {};
    const links = toLinks(await this.runs.linksOf(projectId, id));
    const kept = await keptView(this.store, projectId, id);
    return { ...toRunSummary(run), steps, ...rounds, ...links, ...(kept ? { kept } : {}) };
  }

  /** A page of step results, each with its values however large. @throws ProblemError 404, 422 */
  async listSteps({ projectId }: Principal, id: string, query: StepsQuery): Promise<Page<StepResultView>> {
    const run = await this.find(projectId, id);
    const from = toOffset(query.cursor);
    const { step, limit } = query;
    const isAsked = ({ stepId }: StepResult): boolean => step === undefined || stepId === step;
    const { steps, all } = await this.steps.list(projectId, run, {
      pick: (results) => results.filter(isAsked).slice(from, from + limit),
      maxValueBytes: 40 * MIB,
    });
    const next = from + steps.length;
    const count = all.filter(isAsked).length;
    return { items: steps, nextCursor: next < count ? String(next) : null };
  }

  /** @throws ProblemError 404, also when what the run followed is deleted */
  async definitionOf({ projectId }: Principal, id: string): Promise<WorkflowDefinition> {
    const { definition } = await this.runs.originOf(projectId, await this.find(projectId, id));
    if (definition === null) throw notFound('definition');
    return WorkflowDefinition.parse(JSON.parse(definition));
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

function toCause({ error, firstAt, lastAt, ...row }: RunCauseRow): RunCause {
  const { code, message, status, stepId } = RunError.parse(JSON.parse(error));
  const times = { firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() };
  return {
    ...row,
    ...times,
    code,
    message,
    ...(status === undefined ? {} : { status }),
    ...(stepId === undefined ? {} : { stepId }),
  };
}

function toOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,6}$/.test(cursor)) return Number(cursor);
  throw invalid([{ path: 'cursor', message: 'Use the nextCursor of the page before.' }]);
}
