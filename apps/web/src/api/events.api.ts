import { z } from 'zod';
import { EventDetail, EventSecrets, EventSummary } from './contracts.js';
import { get, getBytes, post, urlOf } from './http.js';
import { pageOf } from './page.js';

const Events = pageOf(EventSummary);

/** The filters that `GET /events` knows; times are ISO 8601. */
export interface EventsQuery {
  readonly q?: string | undefined;
  readonly status?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly type?: string | undefined;
  readonly signature?: string | undefined;
  readonly answer?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What only the list knows: a comparison with a value of the body. */
export interface EventsListQuery extends EventsQuery {
  readonly where?: string | undefined;
}

const Count = z.object({ count: z.int() });

export const eventsApi = {
  list: (query: EventsListQuery, cursor: string | undefined, signal?: AbortSignal, limit = 100) =>
    get(Events, '/events', { query: { ...query, cursor, limit }, signal }),
  get: (id: string, signal?: AbortSignal) => get(EventDetail, `/events/${id}`, { signal }),
  /** Headers and query in clear; the audit notes it. */
  reveal: (id: string) => post(EventSecrets, `/events/${id}/reveal`, {}),
  count: (query: EventsQuery, signal?: AbortSignal) =>
    get(Count, '/events/count', { query: { ...query }, signal }),
  raw: (id: string, signal?: AbortSignal) => getBytes(`/events/${id}/raw`, { signal }),
  rawUrl: (id: string) => urlOf(`/events/${id}/raw`),
  streamUrl: () => urlOf('/events/stream'),
};
