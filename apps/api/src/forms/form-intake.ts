import {
  statusByRoutes,
  StorageUnavailable,
  toEventRun,
  type AcceptedEvent,
  type AcceptWriter,
  type EndpointForIngress,
  type EndpointLookup,
} from '@hookloom/persistence';
import type { WrittenForm } from '@hookloom/payload';
import type { CountedStatus, EventCounters } from '../ingress/event-counters.js';
import type { EventClock } from '../ingress/judged.js';
import type { RateLimiter } from '../ingress/rate-limiter.js';
import type { SettleListener } from '../ingress/settle.service.js';
import { DEFAULT_WINDOW_SECONDS } from '../ingress/to-accepted-event.js';

/** A checked form on its way into the inbox. */
export interface SentForm {
  readonly token: string;
  readonly endpoint: EndpointForIngress;
  readonly written: WrittenForm;
  readonly dedupeKey: string | undefined;
  /** Headers of the request that may be kept, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
}

/** What came of it. `stored` also where the same was stored before. */
export type FormOutcome =
  | { readonly kind: 'stored'; readonly status: AcceptedEvent['status'] }
  | { readonly kind: 'gone' | 'unavailable' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

export interface FormIntakeParts {
  readonly lookup: Pick<EndpointLookup, 'findByToken'>;
  /** Writes events whose runs are of the kind `form`. */
  readonly writer: Pick<AcceptWriter, 'accept' | 'close'>;
  readonly clock: EventClock;
  readonly listener: SettleListener;
  readonly limiter: RateLimiter;
  readonly counters: EventCounters;
}

/** An endpoint that changes more often than this during one request is not to be had in peace. */
const MOST_TRIES = 5;

/** Makes events of forms, stored before the person is thanked. */
export class FormIntake {
  constructor(private readonly parts: FormIntakeParts) {}

  /** Rejects only for what nobody foresaw. */
  async take(sent: SentForm): Promise<FormOutcome> {
    const { endpoint, startedAt } = sent;
    const { rateLimit } = endpoint.settings;
    const seconds = rateLimit ? this.parts.limiter.take(endpoint.id, rateLimit, startedAt) : 0;
    if (seconds > 0) {
      this.count('rate_limited', startedAt);
      return { kind: 'limited', retryAfterSeconds: Math.ceil(seconds) };
    }
    try {
      return await this.store(sent);
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
      return this.unavailable(startedAt);
    }
  }

  close(): Promise<void> {
    return this.parts.writer.close();
  }

  private async store(sent: SentForm): Promise<FormOutcome> {
    const { lookup, writer } = this.parts;
    let endpoint: EndpointForIngress | undefined = sent.endpoint;
    for (let tries = 0; tries < MOST_TRIES && endpoint; tries += 1) {
      const event = this.toEvent(sent, endpoint);
      const outcome = await writer.accept(event);
      if (outcome.kind === 'full') return this.unavailable(sent.startedAt);
      if (outcome.kind !== 'stale') {
        this.tell(event, outcome.kind === 'stored', sent.startedAt);
        return { kind: 'stored', status: event.status };
      }
      endpoint = await lookup.findByToken(sent.token);
    }
    return endpoint ? this.unavailable(sent.startedAt) : { kind: 'gone' };
  }

  private toEvent(
    { written, dedupeKey, headers, startedAt }: SentForm,
    endpoint: EndpointForIngress,
  ): AcceptedEvent {
    const { clock } = this.parts;
    const { settings, routes } = endpoint;
    return {
      id: clock.newId(),
      projectId: endpoint.projectId,
      endpointId: endpoint.id,
      endpointRevision: endpoint.revision,
      receivedAt: new Date(clock.now()),
      status: statusByRoutes(routes),
      method: 'POST',
      query: '',
      headersJson: JSON.stringify({ ...headers, 'content-type': written.contentType }),
      contentType: written.contentType,
      body: written.body,
      sender: settings.sender,
      dedupeKey,
      dedupeWindowSeconds: settings.dedupe?.windowSeconds ?? DEFAULT_WINDOW_SECONDS,
      flags: [],
      verification: { status: 'none' },
      answerStatus: 200,
      answerMs: performance.now() - startedAt,
      runs: routes.map((route) => toEventRun(route, clock.newId())),
    };
  }

  /** After the commit; a lost ring costs a moment, since the worker also looks by itself. */
  private tell(event: AcceptedEvent, isNew: boolean, startedAt: number): void {
    const { listener } = this.parts;
    const due = isNew ? event.runs.filter((run) => run.state === 'queued').map((run) => run.id) : [];
    if (due.length > 0) listener.ring(due);
    listener.announce(isNew ? event : { ...event, status: 'duplicate' });
    this.count(isNew ? event.status : 'duplicate', startedAt);
  }

  private unavailable(startedAt: number): FormOutcome {
    this.count('unavailable', startedAt);
    return { kind: 'unavailable' };
  }

  private count(status: CountedStatus, startedAt: number): void {
    this.parts.counters.count(status, (performance.now() - startedAt) / 1_000);
  }
}
