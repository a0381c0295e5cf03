import {
  readComparison,
  type EventDetail,
  type EventFilter,
  type EventSecrets,
  type EventSummary,
  type Page,
  type Redactor,
} from '@hookloom/contracts';
import type { EventDetailRow, EventsRepository, EventSummaryRow, Store } from '@hookloom/persistence';
import { conflict, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { toPageOf } from '../http/page.js';
import { refuseHiddenComparison, refuseHiddenText } from '../redaction/hidden-search.js';
import { redactorOf } from '../redaction/redactor-of.js';
import { notThere } from '../retention/gone.js';
import { keptView } from '../retention/keeping.service.js';
import { withinTime } from './broad-search.js';
import { EventBodies } from './event-bodies.js';
import type { EventCount, EventQuery } from './event-query.js';
import { toEventDetail, toEventSecrets, toEventSummary, type Outcomes } from './event-view.js';
import { VisibleEvents } from './visible-events.js';

/** What trigger URLs received, as people look at it. */
@Injectable()
export class EventsService {
  private readonly store: Store;
  private readonly events: EventsRepository;

  constructor(
    parts: AppParts,
    private readonly bodies: EventBodies,
    private readonly visible: VisibleEvents,
  ) {
    this.store = parts.store;
    this.events = parts.store.events;
  }

  /** @throws ProblemError 422 for a search that takes too long */
  async list({ projectId }: Principal, query: EventQuery): Promise<Page<EventSummary>> {
    const redactor = await redactorOf(this.store, projectId);
    refuseHiddenComparison(redactor, query.where);
    const sought = { ...query, where: comparisonOf(query) };
    const { rows: found, next } = await withinTime(() =>
      this.events.list(projectId, sought, toPageOf(query)),
    );
    const rows = await this.withoutHidden(projectId, found, query.q, redactor);
    const outcomes = await this.outcomesOf(
      projectId,
      rows.map(({ id }) => id),
    );
    return { items: rows.map((row) => toEventSummary(row, outcomes)), nextCursor: next };
  }

  /** How many events a filter finds, for who is about to replay them. @throws ProblemError 422, as `list` */
  async count({ projectId }: Principal, filter: EventFilter): Promise<EventCount> {
    refuseHiddenText(await redactorOf(this.store, projectId), filter.q);
    return { count: await withinTime(() => this.events.count(projectId, filter)) };
  }

  /** @throws ProblemError 404 */
  async get(principal: Principal, id: string): Promise<EventDetail> {
    const { projectId } = principal;
    const event = await this.find(principal, id);
    const outcomes = await this.outcomesOf(projectId, [id]);
    const kept = await keptView(this.store, projectId, id);
    const view = await this.describe(event, outcomes, await redactorOf(this.store, projectId));
    return kept ? { ...view, kept } : view;
  }

  /** What is masked of an event, and a note of who looked. @throws ProblemError 404 */
  async reveal(principal: Principal, id: string): Promise<EventSecrets> {
    const event = await this.find(principal, id);
    await recordChange(this.store, principal, { action: 'reveal headers', kind: 'event', id });
    return toEventSecrets(event, await redactorOf(this.store, principal.projectId));
  }

  /** The exact bytes as they were sent. @throws ProblemError 404; 409 where a rule hides a part of them */
  async getRawBody(principal: Principal, id: string): Promise<Buffer> {
    const event = await this.find(principal, id);
    const redactor = await redactorOf(this.store, principal.projectId);
    const { by } = redactor.redact(redactor.isEmpty ? null : await this.bodies.read(event));
    if (by.length > 0) {
      throw conflict('redacted', `The exact bytes hold what the rule ${by.join(', ')} hides.`);
    }
    return event.body;
  }

  private async describe(
    event: EventDetailRow,
    outcomes: Outcomes,
    redactor: Redactor,
  ): Promise<EventDetail> {
    return toEventDetail(event, outcomes, await this.bodies.read(event), redactor);
  }

  /** Of what a text was found in, that which shows it. */
  private async withoutHidden(
    projectId: string,
    rows: EventSummaryRow[],
    text: string | undefined,
    redactor: Redactor,
  ): Promise<EventSummaryRow[]> {
    if (text === undefined) return rows;
    const ids = rows.map(({ id }) => id);
    const shown = new Set(await this.visible.thatShow(projectId, ids, { text, redactor }));
    return rows.filter(({ id }) => shown.has(id));
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
