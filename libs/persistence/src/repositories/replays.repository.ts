import type { ReplayFilter, ReplayView } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import type { NamedStarts } from '../replays/replay-starts.js';
import { eventConditions } from './event-conditions.js';
import { Conditions } from './conditions.js';
import { cutPage, type PageOf, type RowPage } from './paging.js';

/** A replay of many events. */
export interface ReplayRow {
  readonly id: string;
  readonly status: ReplayView['status'];
  readonly workflowId: string | null;
  readonly isDraft: boolean;
  readonly perSecond: number;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface NewReplay {
  readonly projectId: string;
  readonly filter: ReplayFilter;
  readonly perSecond: number;
  /** Who began it, as the audit names people. */
  readonly createdBy: string;
  /** Left out: every workflow that is live at an event's endpoint. */
  readonly target?: ReplayTarget | undefined;
}

export interface ReplayTarget {
  readonly workflowId: string;
  /** null: the draft, as `definition` holds it. */
  readonly version: number | null;
  readonly starts: NamedStarts;
  /** JSON text. */
  readonly definition?: string | undefined;
}

export interface ReplayItemRow {
  readonly eventId: string;
  readonly runIds: string[];
  readonly reason: string | null;
}

const COLUMNS = `id, status, workflow_id as "workflowId", definition is not null as "isDraft",
  per_second as "perSecond", total, done, failed, created_at as "createdAt", finished_at as "finishedAt"`;

/** Replays of many events, always of one project. Workers carry them on. */
export class ReplaysRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Counts the events that the filter finds now; later ones are not part of it. */
  async create({ projectId, filter, perSecond, createdBy, target }: NewReplay): Promise<ReplayRow> {
    const where = eventConditions(projectId, filter);
    const values = [
      projectId,
      JSON.stringify(filter),
      target?.workflowId ?? null,
      target?.version ?? null,
      target ? JSON.stringify(target.starts) : null,
      target?.definition ?? null,
      perSecond,
      createdBy,
    ].map((value) => where.parameter(value));
    const [project, filterText, ...rest] = values;
    const rows = await this.manager.query<ReplayRow[]>(
      `with found as (select count(*) as total, max(id::text)::uuid as newest from event where ${where.sql})
       insert into replay (project_id, filter, newest_event_id, total, status, workflow_id, version, starts,
         definition, per_second, created_by)
       select ${project}::uuid, ${filterText}, newest, total, 'running', ${casted(rest)} from found
       returning ${COLUMNS}`,
      where.values,
    );
    return theOne(rows);
  }

  async find(projectId: string, id: string): Promise<ReplayRow | undefined> {
    const rows = await this.manager.query<ReplayRow[]>(
      `select ${COLUMNS} from replay where id = $1 and project_id = $2`,
      [id, projectId],
    );
    return rows[0];
  }

  /** Newest first. */
  async list(projectId: string, page: PageOf): Promise<RowPage<ReplayRow>> {
    const where = new Conditions().add('project_id = ?', projectId).addIfGiven('id < ?', page.after);
    const rows = await this.manager.query<ReplayRow[]>(
      `select ${COLUMNS} from replay where ${where.sql} order by id desc limit ${where.parameter(page.limit + 1)}`,
      where.values,
    );
    return cutPage(rows, page.limit, (row) => row.id);
  }

  /** Ends it where it is; what it started goes on. @returns whether it was still running */
  async cancel(projectId: string, id: string): Promise<boolean> {
    const rows = await this.manager.query<{ count: number }[]>(
      `with cancelled as (
         update replay set status = 'cancelled', finished_at = now()
          where id = $1 and project_id = $2 and status = 'running' returning id
       ) select count(*)::int as count from cancelled`,
      [id, projectId],
    );
    return rows[0]?.count === 1;
  }

  /** What came of its events so far, newest event first. `reason` is set where nothing was started. */
  async items(projectId: string, id: string, page: PageOf): Promise<RowPage<ReplayItemRow>> {
    const where = new Conditions()
      .add('replay_id = (select id from replay where id = ?', id)
      .add('project_id = ?)', projectId)
      .addIfGiven('event_id < ?', page.after);
    const rows = await this.manager.query<ReplayItemRow[]>(
      `select event_id as "eventId", run_ids as "runIds", reason from replay_item
        where ${where.sql} order by event_id desc limit ${where.parameter(page.limit + 1)}`,
      where.values,
    );
    return cutPage(rows, page.limit, ({ eventId }) => eventId);
  }
}

const TYPES = ['uuid', 'int', 'text', 'text', 'int', 'text'];

function casted(parameters: readonly string[]): string {
  return parameters.map((parameter, at) => `${parameter}::${TYPES[at]}`).join(', ');
}

function theOne<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('The database stored nothing.');
  return row;
}
