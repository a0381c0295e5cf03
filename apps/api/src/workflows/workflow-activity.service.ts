import { ACTIVITY_HOURS, type Page, type PageQuery, type WorkflowActivity } from '@hookloom/contracts';
import { Remembered, type HourOfRuns, type VersionRunsRow } from '@hookloom/persistence';
import type { Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { toPageOf } from '../http/page.js';

const HOUR_MS = 3_600_000;
/** Hours that still change all the time: this one and the one before. */
const FRESH_HOURS = 2;
/** Runs of older hours that end late are seen after this. */
const KEEP_OLD_MS = 300_000;
const KEEP_FRESH_MS = 4_000;
const KEEP_VERSIONS_MS = 30_000;
const MOST_KEPT = 500;

/**
 * Counts what workflows did, for lists that many people look at again and again: older hours are counted every few
 * minutes, the newest ones every few seconds, however many ask.
 */
@Injectable()
export class WorkflowActivityService {
  private readonly old = new Remembered<HourOfRuns[]>(KEEP_OLD_MS, MOST_KEPT);
  private readonly fresh = new Remembered<HourOfRuns[]>(KEEP_FRESH_MS, MOST_KEPT);
  private readonly versions = new Remembered<VersionRunsRow[]>(KEEP_VERSIONS_MS, MOST_KEPT);

  constructor(private readonly parts: AppParts) {}

  async list(principal: Principal, query: PageQuery): Promise<Page<WorkflowActivity>> {
    const { store } = this.parts;
    const { projectId } = principal;
    const { rows, next } = await store.workflows.list(projectId, toPageOf(query));
    const ids = rows.map(({ id }) => id);
    const thisHour = Math.floor(Date.now() / HOUR_MS);
    const [hours, lastRuns] = await Promise.all([
      this.countHours(projectId, thisHour),
      store.workflowActivity.lastRuns(projectId, ids),
    ]);
    const counted = new Map(hours.map((row) => [`${row.workflowId}/${row.hour}`, row]));
    const last = new Map(lastRuns.map((row) => [row.workflowId, row]));
    const items = ids.map((workflowId): WorkflowActivity => {
      const run = last.get(workflowId);
      return {
        workflowId,
        lastRun: run ? { id: run.id, status: run.status, createdAt: run.createdAt.toISOString() } : null,
        hours: hoursUpTo(thisHour).map((hour) => {
          const row = counted.get(`${workflowId}/${hour}`);
          return { succeeded: row?.succeeded ?? 0, failed: row?.failed ?? 0 };
        }),
      };
    });
    return { items, nextCursor: next };
  }

  /** Runs of each version of a workflow, by its number. */
  async versionRuns(
    projectId: string,
    workflowId: string,
  ): Promise<ReadonlyMap<number, Pick<VersionRunsRow, 'finished' | 'succeeded'>>> {
    const rows = await this.versions.get(`${projectId}/${workflowId}`, () =>
      this.parts.store.workflowActivity.versionRuns(projectId, workflowId),
    );
    return new Map(rows.map(({ version, finished, succeeded }) => [version, { finished, succeeded }]));
  }

  private async countHours(projectId: string, thisHour: number): Promise<HourOfRuns[]> {
    const { workflowActivity } = this.parts.store;
    const border = thisHour - FRESH_HOURS + 1;
    const first = thisHour - ACTIVITY_HOURS + 1;
    const key = `${projectId}/${thisHour}`;
    const parts = await Promise.all([
      this.old.get(key, () => workflowActivity.hours(projectId, first, border)),
      this.fresh.get(key, () => workflowActivity.hours(projectId, border, thisHour + 1)),
    ]);
    return parts.flat();
  }
}

function hoursUpTo(thisHour: number): number[] {
  return Array.from({ length: ACTIVITY_HOURS }, (_, at) => thisHour - ACTIVITY_HOURS + 1 + at);
}
