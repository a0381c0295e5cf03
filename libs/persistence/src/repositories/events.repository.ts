import type { EventStatus, RunKind, RunStatus } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import { eventConditions, indexedConditions, looksWithinRows, type EventChoice } from './event-conditions.js';
import { EventSearch, type EventSought } from './event-search.js';
import { cutPage, type PageOf, type RowPage } from './paging.js';
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
  readonly kind: RunKind;
  readonly status: RunStatus;
}

/** Events that came again: how often in all, by the id of the first. */
export type Deliveries = ReadonlyMap<string, number>;

/** A live workflow that starts from the endpoint of an event. */
export interface EventRouteRow {
  readonly workflowId: string;
  readonly version: number;
  readonly triggerStepId: string;
  readonly paused: boolean;
  readonly maxConcurrentRuns: number | null;
}

const SUMMARY = `id, endpoint_id as "endpointId", received_at as "receivedAt", status, reason, method, type,
  dedupe_key as "dedupeKey", duplicate_of as "duplicateOf", flags, body_bytes as "bodyBytes", verification,
  answer_status as "answerStatus", answer_ms as "answerMs"`;
const DETAIL = `${SUMMARY}, query, headers, content_type as "contentType", sender, body`;

/** What trigger URLs received, always of one project. */
export class EventsRepository {
  constructor(private readonly manager: EntityManager) {}

  /**
   * Newest first. A page that looked into events may hold fewer events than asked and still lead on: it looks for
   * about a second.
   */
  async list(projectId: string, sought: EventSought, page: PageOf): Promise<RowPage<EventSummaryRow>> {
    const found =
      sought.where !== undefined || looksWithinRows(sought)
        ? await new EventSearch(this.manager, projectId, sought).find(page)
        : await this.findIds(projectId, sought, page);
    return { rows: await this.summariesOf(found.rows), next: found.next };
  }

  async count(projectId: string, filter: EventChoice): Promise<number> {
    const where = eventConditions(projectId, filter);
    const rows = await this.manager.query<{ count: number }[]>(
      `select count(*)::int as count from event where ${where.sql}`,
      where.values,
    );
    return rows[0]?.count ?? 0;
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
      `select id, event_id as "eventId", workflow_id as "workflowId", kind, ${STATUS_OF_QUEUED} as status
         from run_queue where event_id = any($1::uuid[]) and project_id = $2
       union all
       select id, event_id, workflow_id, kind, status from run
        where event_id = any($1::uuid[]) and project_id = $2 and id >= $3
       order by id`,
      [[...eventIds], projectId, oldest],
    );
  }

  /** Which of some events came more than once. A repeat is not older than the first, which prunes partitions. */
  async deliveriesOf(projectId: string, eventIds: readonly string[]): Promise<Deliveries> {
    const oldest = eventIds.toSorted()[0];
    if (oldest === undefined) return new Map();
    const rows = await this.manager.query<{ id: string; repeats: number }[]>(
      `select duplicate_of as id, count(*)::int as repeats from event
        where duplicate_of = any($1::uuid[]) and project_id = $2 and id >= $3 group by duplicate_of`,
      [[...eventIds], projectId, oldest],
    );
    return new Map(rows.map(({ id, repeats }) => [id, repeats + 1]));
  }

  /** Ids first: the index on them holds status and type too, so a rare one is found without reading events. */
  private async findIds(projectId: string, filter: EventChoice, page: PageOf): Promise<RowPage<string>> {
    const where = indexedConditions(projectId, filter).addIfGiven('id < ?', page.after);
    const rows = await this.manager.query<{ id: string }[]>(
      `select id from event where ${where.sql} order by id desc limit ${where.parameter(page.limit + 1)}`,
      where.values,
    );
    return cutPage(
      rows.map(({ id }) => id),
      page.limit,
      (id) => id,
    );
  }

  private summariesOf(ids: readonly string[]): Promise<EventSummaryRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.manager.query<EventSummaryRow[]>(
      `select ${SUMMARY} from event where id = any($1::uuid[]) order by id desc`,
      [[...ids]],
    );
  }
}
