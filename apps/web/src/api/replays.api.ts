import { z } from 'zod';
import { ReplayItemView, ReplayView } from './contracts.js';
import type { EventsQuery } from './events.api.js';
import { get, post, withoutEmpty } from './http.js';
import { pageOf } from './page.js';

const Begun = z.object({ replayId: z.string() });
const Items = pageOf(ReplayItemView);
/** One run, or several where several workflows start from the endpoint. */
const RunsBegun = z.union([
  z.object({ runId: z.string() }).transform(({ runId }) => [runId]),
  z.object({ runIds: z.array(z.string()) }).transform(({ runIds }) => runIds),
]);

/** By what a list filters, or by name. */
export type ReplayFilter = EventsQuery & { readonly ids?: readonly string[] };

/** Where runs of old events begin. Without a workflow: at all that is live at an event's endpoint. */
export interface ReplayTarget {
  readonly workflowId?: string | undefined;
  readonly draft?: boolean | undefined;
}

export const replaysApi = {
  /** @returns ids of the new runs */
  one: (eventId: string, target: ReplayTarget) => post(RunsBegun, `/events/${eventId}/replay`, target),
  begin: (filter: ReplayFilter, target: ReplayTarget, perSecond: number) =>
    post(Begun, '/events/replay', { filter: withoutEmpty(filter), ...target, perSecond }),
  get: (id: string, signal?: AbortSignal) => get(ReplayView, `/replays/${id}`, { signal }),
  items: (id: string, cursor: string | undefined, signal?: AbortSignal) =>
    get(Items, `/replays/${id}/items`, { query: { cursor, limit: 50 }, signal }),
  cancel: (id: string) => post(ReplayView, `/replays/${id}/cancel`, {}),
};
