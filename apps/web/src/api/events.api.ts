import { EventDetail, EventSummary } from './contracts.js';
import { get, getBytes, urlOf } from './http.js';
import { pageOf } from './page.js';

const Events = pageOf(EventSummary);

/** The filters that `GET /events` knows; times are ISO 8601. */
export interface EventsQuery {
  readonly q?: string | undefined;
  readonly status?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly type?: string | undefined;
  readonly from?: string | undefined;
}

export const eventsApi = {
  list: (query: EventsQuery, cursor: string | undefined, signal?: AbortSignal) =>
    get(Events, '/events', { query: { ...query, cursor, limit: 100 }, signal }),
  get: (id: string, signal?: AbortSignal) => get(EventDetail, `/events/${id}`, { signal }),
  raw: (id: string, signal?: AbortSignal) => getBytes(`/events/${id}/raw`, { signal }),
  rawUrl: (id: string) => urlOf(`/events/${id}/raw`),
  streamUrl: () => urlOf('/events/stream'),
};
