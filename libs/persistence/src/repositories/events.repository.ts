import type { EventStatus, RunStatus } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import { lowestId } from '../database/partitions.js';
import { Conditions, containing } from './conditions.js';
import type { PageOf, RowPage } from './paging.js';
import { STATUS_OF_QUEUED } from './run-columns.js';

/** One event without headers and body, as the database holds it. */
export interface EventSummaryRow {
  readonly id: string;
  readonly endpointId: string;
  readonly receivedAt: Date;
  readonly status: EventStatus;
  readonly reason: string | null;
  readonly method: string;
  readonly type: string | null;
  readonly dedupeKey: string | null;
  readonly duplicateOf: string | null;
  /** JSON text of a list. */
  readonly flags: string | null;
  readonly bodyBytes: number;
  /** JSON text of Verification. */
  readonly verification: string;
  readonly answerStatus: number;
  readonly answerMs: number;
}

/** One event with all that was received. */
export interface EventDetailRow extends EventSummaryRow {
  readonly query: string;
  /** JSON object text. */
  readonly headers: string;
  readonly contentType: string | null;
  readonly sender: string;
  /** The exact bytes. */
  readonly body: Buffer;
}

/** A run that an event started. */
export interface EventRunRow {
  readonly id: string;
  readonly eventId: string;
  readonly workflowId: string;
  readonly status: RunStatus;
}

/** A live workflow that starts from the endpoint of an event. */
export interface EventRouteRow {
  readonly workflowId: string;
  readonly version: number;
  readonly triggerStepId: string;
  readonly paused: boolean;
  readonly maxConcurrentRuns: number | null;
}

export interface EventFilter {
  readonly endpointId?: string | undefined;
  readonly status?: EventStatus | undefined;
  readonly type?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Text in the id, the duplicate key, the type, the reason or the body. */
  readonly text?: string | undefined;
}

/** Bodies are looked into for a text in so many events a page; then the cursor leads on. */
const SEARCHED_EVENTS = 2_000;

const SUMMARY = `id, endpoint_id as "endpointId", received_at as "receivedAt", status, reason, method, type,
  dedupe_key as "dedupeKey", duplicate_of as "duplicateOf", flags, body_bytes as "bodyBytes", verification,
  answer_status as "answerStatus", answer_ms as "answerMs"`;
const DETAIL = `${SUMMARY}, query, headers, content_type as "contentType", sender, body`;

/** What trigger URLs received, always of one project. */
export class EventsRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Newest first. A page that looked for a text may hold fewer events than asked and still lead on. */
  list(projectId: string, filter: EventFilter, page: PageOf): Promise<RowPage<EventSummaryRow>> {
    const where = new Conditions()
      .add('project_id = ?', projectId)
      .addIfGiven('endpoint_id = ?', filter.endpointId)
      .addIfGiven('status = ?', filter.status)
      .addIfGiven('type = ?', filter.type)
      .addIfGiven('id >= ?', filter.from && lowestId(filter.from.getTime()))
      .addIfGiven('id < ?', filter.to && lowestId(filter.to.getTime()))
      .addIfGiven('id < ?', page.after);
    return filter.text === undefined
      ? this.listPlain(where, page.limit)
      : this.search(where, page.limit, filter.text);
  }

  async find(projectId: string, id: string): Promise<EventDetailRow | undefined> {
    const rows = await this.manager.query<EventDetailRow[]>(
      `select ${DETAIL} from event where id = $1 and project_id = $2`,
      [id, projectId],
    );
    return rows[0];
  }

  /** Where an event came in. */
  async findEndpointOf(projectId: string, id: string): Promise<{ readonly endpointId: string } | undefined> {
    const rows = await this.manager.query<{ endpointId: string }[]>(
      `select endpoint_id as "endpointId" from event where id = $1 and project_id = $2`,
      [id, projectId],
    );
    return rows[0];
  }

  /** The live workflows that start from an endpoint. */
  routesOf(projectId: string, endpointId: string): Promise<EventRouteRow[]> {
    return this.manager.query<EventRouteRow[]>(
      `select workflow_id as "workflowId", version, step_id as "triggerStepId", paused,
              max_concurrent_runs as "maxConcurrentRuns"
         from endpoint_route where endpoint_id = $1 and project_id = $2 order by workflow_id, step_id`,
      [endpointId, projectId],
    );
  }

  /** The runs of some events, oldest first. Runs are not older than their event, which prunes partitions. */
  async runsOf(projectId: string, eventIds: readonly string[]): Promise<EventRunRow[]> {
    const oldest = eventIds.toSorted()[0];
    if (oldest === undefined) return [];
    return this.manager.query<EventRunRow[]>(
      `select id, event_id as "eventId", workflow_id as "workflowId", ${STATUS_OF_QUEUED} as status
         from run_queue where event_id = any($1::uuid[]) and project_id = $2
       union all
       select id, event_id, workflow_id, status from run
        where event_id = any($1::uuid[]) and project_id = $2 and id >= $3
       order by id`,
      [[...eventIds], projectId, oldest],
    );
  }

  private async listPlain(where: Conditions, limit: number): Promise<RowPage<EventSummaryRow>> {
    const rows = await this.manager.query<EventSummaryRow[]>(
      `select ${SUMMARY} from event where ${where.sql} order by id desc limit ${where.parameter(limit + 1)}`,
      where.values,
    );
    const items = rows.slice(0, limit);
    return { rows: items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** The number of events looked into is bounded, so that a rare text in a large history ends in time. */
  private async search(where: Conditions, limit: number, text: string): Promise<RowPage<EventSummaryRow>> {
    const like = where.parameter(containing(text));
    const plain = where.parameter(text);
    const window = where.parameter(SEARCHED_EVENTS);
    const rows = await this.manager.query<(EventSummaryRow & { isHit: boolean })[]>(
      `with looked as materialized (
         select ${SUMMARY}, (id::text like ${like} or dedupe_key ilike ${like} or type ilike ${like}
           or reason ilike ${like} or position(convert_to(${plain}, 'UTF8') in body) > 0) is true as "isHit"
         from event where ${where.sql} order by id desc limit ${window}
       ), hits as (select * from looked where "isHit" order by id desc limit ${where.parameter(limit + 1)})
       select * from hits
       union all
       select * from (select * from looked order by id limit 1) as last
        where not "isHit" and (select count(*) from looked) = ${window} and (select count(*) from hits) <= ${where.parameter(limit)}`,
      where.values,
    );
    const hits = rows.filter((row) => row.isHit);
    const items = hits.slice(0, limit);
    const lookedTo = rows.find((row) => !row.isHit)?.id ?? null;
    return { rows: items, next: hits.length > limit ? (items.at(-1)?.id ?? null) : lookedTo };
  }
}
