import type { RunBatchItemView, RunBatchRequest, RunBatchView } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import { Conditions } from './conditions.js';
import { cutPage, type PageOf, type RowPage } from './paging.js';
import { RunPlaces, TAKEN_OVER, type RunChoice } from './run-conditions.js';
import { RunListsRepository } from './run-lists.repository.js';

/** What somebody wants done, and to which runs. */
export interface NewRunBatch {
  readonly request: RunBatchRequest;
  /** What the request's filter finds. */
  readonly choice: RunChoice;
  readonly createdBy: string;
}

/** Something done to many runs. */
export interface RunBatchRow {
  readonly id: string;
  readonly projectId: string;
  readonly action: RunBatchView['action'];
  readonly version: 'live' | null;
  readonly status: RunBatchView['status'];
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface RunBatchItemRow {
  readonly runId: string;
  readonly status: RunBatchItemView['status'];
  readonly reason: string | null;
}

/** What came of one run. */
export interface RunBatchOutcome {
  readonly runId: string;
  /** Why it could not be done; left out when it was. */
  readonly reason?: string | undefined;
}

const COLUMNS = `id, project_id as "projectId", action, version, status, total, done, failed, created_at as "createdAt",
  finished_at as "finishedAt"`;
/** Runs of one batch at the most: the newest that fit. */
const MOST_RUNS = 100_000;
/** A process that took a batch and died leaves it to others after this. */
const AT_HAND = `interval '30 seconds'`;
/** Only once: a second run of the live version would do everything twice. */
const RETRYABLE = `status in ('failed', 'cancelled') and not ${TAKEN_OVER}`;

/** Batches and their runs. Every api process carries them on. */
export class RunBatchesRepository {
  private readonly lists: RunListsRepository;

  constructor(private readonly manager: EntityManager) {
    this.lists = new RunListsRepository(manager);
  }

  /** Notes the runs that fit now; later ones are not part of it. */
  async create(projectId: string, { request, choice, createdBy }: NewRunBatch): Promise<RunBatchRow> {
    const where = new Conditions();
    const places = new RunPlaces(where, projectId, await this.lists.withEvents(projectId, choice));
    const found = request.action === 'cancel' ? cancellable(places) : retryable(places);
    const { action: wanted, version: asked, filter: given } = request;
    const [action, version, filter, by] = [wanted, asked, JSON.stringify(given), createdBy].map((value) =>
      where.parameter(value),
    );
    const rows = await this.manager.query<RunBatchRow[]>(
      `with found as (${found} order by id desc limit ${MOST_RUNS}),
        batch as (
          insert into run_batch (project_id, action, version, filter, status, total, finished_at, created_by)
          select $1::uuid, ${action}, ${version}, ${filter}, case when total = 0 then 'done' else 'running' end, total,
            case when total = 0 then now() end, ${by}
          from (select count(*) as total from found) as counted returning *
        ), items as (
          insert into run_batch_item (batch_id, run_id) select batch.id, found.id from batch, found
        )
       select ${COLUMNS} from batch`,
      where.values,
    );
    const [row] = rows;
    if (row === undefined) throw new Error('The database stored nothing.');
    return row;
  }

  async find(projectId: string, id: string): Promise<RunBatchRow | undefined> {
    const text = `select ${COLUMNS} from run_batch where id = $1 and project_id = $2`;
    return (await this.manager.query<RunBatchRow[]>(text, [id, projectId]))[0];
  }

  /** What came of its runs, newest run first. */
  async items(projectId: string, id: string, page: PageOf): Promise<RowPage<RunBatchItemRow>> {
    const where = new Conditions()
      .add('batch_id = (select id from run_batch where id = ?', id)
      .add('project_id = ?)', projectId)
      .addIfGiven('run_id < ?', page.after);
    const rows = await this.manager.query<RunBatchItemRow[]>(
      `select run_id as "runId", status, reason from run_batch_item
        where ${where.sql} order by run_id desc limit ${where.parameter(page.limit + 1)}`,
      where.values,
    );
    return cutPage(rows, page.limit, ({ runId }) => runId);
  }

  /** Ends it where it is; what was done stays. @returns whether it was still running */
  async cancel(projectId: string, id: string): Promise<boolean> {
    const rows = await this.manager.query<{ count: number }[]>(
      `with ended as (
         update run_batch set status = 'cancelled', finished_at = now()
          where id = $1 and project_id = $2 and status = 'running' returning id
       ) select count(*)::int as count from ended`,
      [id, projectId],
    );
    return rows[0]?.count === 1;
  }

  /** The running batch that waited longest and its next runs, oldest first. One that another process has at hand is passed over. */
  async take(limit: number): Promise<{ batch: RunBatchRow; runIds: string[] } | undefined> {
    const [batch] = await this.manager.query<RunBatchRow[]>(
      `with taken as (
         update run_batch set busy_until = now() + ${AT_HAND} where id = (
           select id from run_batch where status = 'running' and busy_until <= now()
            order by busy_until limit 1 for update skip locked) returning *
       ) select ${COLUMNS} from taken`,
    );
    if (batch === undefined) return undefined;
    const rows = await this.manager.query<{ id: string }[]>(
      `select run_id as id from run_batch_item where batch_id = $1 and status = 'left' order by run_id limit $2`,
      [batch.id, limit],
    );
    return { batch, runIds: rows.map(({ id }) => id) };
  }

  /** Notes what came of one run, once. */
  async note(id: string, { runId, reason }: RunBatchOutcome): Promise<void> {
    await this.manager.query(
      `with noted as (
         update run_batch_item set status = case when $3::text is null then 'done' else 'failed' end, reason = $3
          where batch_id = $1 and run_id = $2 and status = 'left' returning status
       )
       update run_batch set done = done + (noted.status = 'done')::int, failed = failed + (noted.status = 'failed')::int
       from noted where id = $1`,
      [id, runId, reason ?? null],
    );
  }

  /** Lets others take it; ends it when nothing is left. */
  async release(id: string): Promise<void> {
    await this.manager.query(
      `update run_batch set busy_until = now(),
         status = case when status = 'running' and done + failed >= total then 'done' else status end,
         finished_at = case when status = 'running' and done + failed >= total then now() else finished_at end
       where id = $1`,
      [id],
    );
  }
}

function cancellable(places: RunPlaces): string {
  const { table, conditions } = places.inQueue();
  return `select id from ${table} where ${conditions}`;
}

function retryable(places: RunPlaces): string {
  const { table, conditions } = places.inHistory();
  return `select id from ${table} where ${conditions} and ${RETRYABLE}`;
}
