import {
  readComparison,
  type EventDetail,
  type EventFilter,
  type EventSummary,
  type Page,
} from '@hookloom/contracts';
import type { EventDetailRow, EventsRepository, Store } from '@hookloom/persistence';
import type { Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { toPageOf } from '../http/page.js';
import { notThere } from '../retention/gone.js';
import { keptView } from '../retention/keeping.service.js';
import { withinTime } from './broad-search.js';
import { EventBodies } from './event-bodies.js';
import type { EventCount, EventQuery } from './event-query.js';
import { toEventDetail, toEventSummary, type Outcomes } from './event-view.js';

/** What trigger URLs received, as people look at it. */
@Injectable()
export class EventsService {
  private readonly store: Store;
  private readonly events: EventsRepository;

  constructor(
    parts: AppParts,
    private readonly bodies: EventBodies,
  ) {
    this.store = parts.store;
    this.events = parts.store.events;
  }

  /** @throws ProblemError 422 for a search that takes too long */
  async list({ projectId }: Principal, query: EventQuery): Promise<Page<EventSummary>> {
    const sought = { ...query, where: comparisonOf(query) };
    const { rows, next } = await withinTime(() => this.events.list(projectId, sought, toPageOf(query)));
    const outcomes = await this.outcomesOf(
      projectId,
      rows.map(({ id }) => id),
    );
    return { items: rows.map((row) => toEventSummary(row, outcomes)), nextCursor: next };
  }

  /** How many events a filter finds, for who is about to replay them. @throws ProblemError 422, as `list` */
  async count({ projectId }: Principal, filter: EventFilter): Promise<EventCount> {
    return { count: await withinTime(() => this.events.count(projectId, filter)) };
  }

  /** @throws ProblemError 404 */
  async get(principal: Principal, id: string): Promise<EventDetail> {
    const event = await this.find(principal, id);
    const outcomes = await this.outcomesOf(principal.projectId, [id]);
    const kept = await keptView(this.store, principal.projectId, id);
    const view = toEventDetail(event, outcomes, await this.bodies.read(event));
    return kept ? { ...view, kept } : view;
  }

  /** The exact bytes as they were sent. @throws ProblemError 404 */
  async getRawBody(principal: Principal, id: string): Promise<Buffer> {
    return (await this.find(principal, id)).body;
  }

  private async outcomesOf(projectId: string, ids: readonly string[]): Promise<Outcomes> {
    const [runs, deliveries] = await Promise.all([
      this.events.runsOf(projectId, ids),
      this.events.deliveriesOf(projectId, ids),
    ]);
    return { runs, deliveries };
  }

  private async find({ projectId }: Principal, id: string): Promise<EventDetailRow> {
    const event = await this.events.find(projectId, id);
    if (!event) throw await notThere(this.store, projectId, 'event', id);
    return event;
  }
}

function comparisonOf({ where }: EventQuery) {
  return where === undefined ? undefined : readComparison(where);
}
