import type { EntityManager } from 'typeorm';
import { Conditions } from './conditions.js';
import { EventSearch } from './event-search.js';
import { cutPage, type PageOf, type RowPage } from './paging.js';
import { FINISHED_RUN, QUEUED_RUN, withEventType } from './run-columns.js';
import { CAUSE, runPlaces, TAKEN_OVER, type RunChoice } from './run-conditions.js';
import type { RunRow } from './runs.repository.js';

/** Failed runs that failed alike. */
export interface RunCauseRow {
  readonly cause: string;
  readonly workflowId: string;
  /** JSON text of RunError, of the newest. */
  readonly error: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly lastRunId: string;
}

export interface RunCauseRows {
  readonly rows: RunCauseRow[];
  /** Failures that were looked at. */
  readonly looked: number;
  readonly isAll: boolean;
}

/** Counting ends here: more than that nobody reads. */
const MOST_COUNTED = 10_000;
/** Failures that causes are told from, newest first. */
const MOST_FAILURES = 5_000;
const MOST_CAUSES = 50;
/** A text is followed from this many events to their runs, newest first, and looked for this long. */
const MOST_EVENTS = 1_000;
const SEARCH_MS = 5_000;

/** Lists of runs, queue and history together, always of one project. */
export class RunListsRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Newest first; runs that their trigger's filter skipped only when asked for by status. */
  async list(projectId: string, filter: RunChoice, page: PageOf): Promise<RowPage<RunRow>> {
    const where = new Conditions();
    const places = runPlaces(where, projectId, await this.withEvents(projectId, filter));
    const after = page.after === undefined ? '' : ` and id < ${where.parameter(page.after)}`;
    const limit = where.parameter(page.limit + 1);
    const parts = [
      partOf(QUEUED_RUN, 'run_queue', places.queued, `${after} order by id desc limit ${limit}`),
      partOf(FINISHED_RUN, 'run', places.finished, `${after} order by id desc limit ${limit}`),
    ];
    const newest = `select * from (${together(parts)}) as newest order by id desc limit ${limit}`;
    const rows = await this.manager.query<RunRow[]>(
      `${withEventType(newest, '$1')} order by any_run.id desc`,
      where.values,
    );
    return cutPage(rows, page.limit, ({ id }) => id);
  }

  /** How many a filter finds; `isAll` is false when counting ended early. */
  async count(projectId: string, filter: RunChoice): Promise<{ count: number; isAll: boolean }> {
    const where = new Conditions();
    const places = runPlaces(where, projectId, await this.withEvents(projectId, filter));
    const limit = where.parameter(MOST_COUNTED + 1);
    const parts = [
      partOf('id', 'run_queue', places.queued, ` limit ${limit}`),
      partOf('id', 'run', places.finished, ` limit ${limit}`),
    ];
    const rows = await this.manager.query<{ count: number }[]>(
      `select count(*)::int as count from (${together(parts)}) as found`,
      where.values,
    );
    const count = rows[0]?.count ?? 0;
    return { count: Math.min(count, MOST_COUNTED), isAll: count <= MOST_COUNTED };
  }

  /** What the newest failures have in common, most frequent first. */
  async causes(projectId: string, filter: RunChoice): Promise<RunCauseRows> {
    const where = new Conditions();
    const sought = await this.withEvents(projectId, { ...filter, status: 'failed' });
    const { finished } = runPlaces(where, projectId, sought);
    const rows = await this.manager.query<(RunCauseRow & { looked: number })[]>(
      `select cause, workflow_id as "workflowId", (array_agg(error order by id desc))[1] as error,
         count(*)::int as count, min(finished_at) as "firstAt", max(finished_at) as "lastAt",
         max(id::text)::uuid as "lastRunId", (sum(count(*)) over ())::int as looked
       from (select id, workflow_id, error, finished_at, ${CAUSE} as cause from run
              where ${finished} and error is not null and not ${TAKEN_OVER} order by id desc limit ${where.parameter(MOST_FAILURES + 1)}) as failure
       group by cause, workflow_id order by count(*) desc, max(id::text) desc limit ${MOST_CAUSES}`,
      where.values,
    );
    const looked = rows[0]?.looked ?? 0;
    return { rows, looked: Math.min(looked, MOST_FAILURES), isAll: looked <= MOST_FAILURES };
  }

  /** The filter with the events that hold its text: their runs fit too. */
  async withEvents(projectId: string, filter: RunChoice): Promise<RunChoice> {
    if (filter.q === undefined) return filter;
    const search = new EventSearch(this.manager, projectId, { q: filter.q, to: filter.to });
    const eventIds: string[] = [];
    const endsAt = performance.now() + SEARCH_MS;
    let after: string | undefined;
    do {
      const page: RowPage<string> = await search.find({ limit: MOST_EVENTS - eventIds.length, after });
      eventIds.push(...page.rows);
      after = page.next ?? undefined;
    } while (after !== undefined && eventIds.length < MOST_EVENTS && performance.now() < endsAt);
    return { ...filter, eventIds };
  }
}

function partOf(columns: string, table: string, where: string | undefined, rest: string): string | undefined {
  return where === undefined ? undefined : `(select ${columns} from ${table} where ${where}${rest})`;
}

/** A filter that fits neither place finds nothing. */
function together(parts: readonly (string | undefined)[]): string {
  const given = parts.filter((part) => part !== undefined);
  return given.length > 0 ? given.join(' union all ') : `select ${FINISHED_RUN} from run where false`;
}
