import { readComparison } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import { Conditions } from './conditions.js';
import { EventSearch, type EventSought } from './event-search.js';
import { cutPage, type PageOf, type RowPage } from './paging.js';
import { FINISHED_RUN, QUEUED_RUN, withEventType } from './run-columns.js';
import { CAUSE, RunPlaces, TAKEN_OVER, type RunChoice } from './run-conditions.js';
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

const COLUMNS = { run_queue: QUEUED_RUN, run: FINISHED_RUN } as const;

/** Counting ends here: more than that nobody reads. */
const MOST_COUNTED = 10_000;
/** Failures that causes are told from, newest first. */
const MOST_FAILURES = 5_000;
const MOST_CAUSES = 50;
/** A text or a comparison is followed from this many events to their runs, newest first, and looked for this long. */
const MOST_EVENTS = 1_000;
const SEARCH_MS = 5_000;

/** Lists of runs, queue and history together, always of one project. */
export class RunListsRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Newest first; runs that their trigger's filter skipped only when asked for by status. */
  async list(projectId: string, filter: RunChoice, page: PageOf): Promise<RowPage<RunRow>> {
    const where = new Conditions();
    const places = new RunPlaces(where, projectId, await this.withEvents(projectId, filter));
    const after = page.after === undefined ? '' : ` and id < ${where.parameter(page.after)}`;
    const limit = where.parameter(page.limit + 1);
    const parts = [places.inQueue(), places.inHistory()].map(
      ({ table, conditions }) =>
        `(select ${COLUMNS[table]} from ${table} where ${conditions}${after} order by id desc limit ${limit})`,
    );
    const newest = `select * from (${parts.join(' union all ')}) as newest order by id desc limit ${limit}`;
    const rows = await this.manager.query<RunRow[]>(
      `${withEventType(newest, '$1')} order by any_run.id desc`,
      where.values,
    );
    return cutPage(rows, page.limit, ({ id }) => id);
  }

  /** How many a filter finds; `isAll` is false when counting ended early. */
  async count(projectId: string, filter: RunChoice): Promise<{ count: number; isAll: boolean }> {
    const where = new Conditions();
    const places = new RunPlaces(where, projectId, await this.withEvents(projectId, filter));
    const limit = where.parameter(MOST_COUNTED + 1);
    const parts = [places.inQueue(), places.inHistory()].map(
      ({ table, conditions }) => `(select id from ${table} where ${conditions} limit ${limit})`,
    );
    const rows = await this.manager.query<{ count: number }[]>(
      `select count(*)::int as count from (${parts.join(' union all ')}) as found`,
      where.values,
    );
    const count = rows[0]?.count ?? 0;
    return { count: Math.min(count, MOST_COUNTED), isAll: count <= MOST_COUNTED };
  }

  /** What the newest failures have in common, most frequent first. */
  async causes(projectId: string, filter: RunChoice): Promise<RunCauseRows> {
    const where = new Conditions();
    const sought = await this.withEvents(projectId, { ...filter, status: 'failed' });
    const { conditions } = new RunPlaces(where, projectId, sought).inHistory();
    const rows = await this.manager.query<(RunCauseRow & { looked: number })[]>(
      `select cause, workflow_id as "workflowId", (array_agg(error order by id desc))[1] as error,
         count(*)::int as count, min(finished_at) as "firstAt", max(finished_at) as "lastAt",
         max(id::text)::uuid as "lastRunId", (sum(count(*)) over ())::int as looked
       from (select id, workflow_id, error, finished_at, ${CAUSE} as cause from run
              where ${conditions} and error is not null and not ${TAKEN_OVER} order by id desc limit ${where.parameter(MOST_FAILURES + 1)}) as failure
       group by cause, workflow_id order by count(*) desc, max(id::text) desc limit ${MOST_CAUSES}`,
      where.values,
    );
    const looked = rows[0]?.looked ?? 0;
    return { rows, looked: Math.min(looked, MOST_FAILURES), isAll: looked <= MOST_FAILURES };
  }

  /** The filter with the events that hold its text or compare as it says: their runs fit too. */
  async withEvents(projectId: string, filter: RunChoice): Promise<RunChoice> {
    const { q, where, to } = filter;
    const comparison = where === undefined ? undefined : readComparison(where);
    const find = (sought: EventSought): Promise<string[]> => this.findEvents(projectId, { ...sought, to });
    return {
      ...filter,
      eventIds: filter.eventIds ?? (q === undefined ? undefined : await find({ q })),
      comparedEventIds: filter.comparedEventIds ?? (comparison && (await find({ where: comparison }))),
    };
  }

  /** Inputs that hold a text, as JSON text; newest first. */
  async inputsWith(projectId: string, text: string): Promise<{ runId: string; input: string }[]> {
    return this.manager.query(
      `select run_id as "runId", input from run_input where project_id = $1 and strpos(input, $2) > 0
       order by run_id desc limit ${MOST_EVENTS}`,
      [projectId, text],
    );
  }

  private async findEvents(projectId: string, sought: EventSought): Promise<string[]> {
    const search = new EventSearch(this.manager, projectId, sought);
    const found: string[] = [];
    const endsAt = performance.now() + SEARCH_MS;
    let after: string | undefined;
    do {
      const page: RowPage<string> = await search.find({ limit: MOST_EVENTS - found.length, after });
      found.push(...page.rows);
      after = page.next ?? undefined;
    } while (after !== undefined && found.length < MOST_EVENTS && performance.now() < endsAt);
    return found;
  }
}
