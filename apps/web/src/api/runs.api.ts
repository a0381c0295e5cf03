import { RunDetail, RunSummary } from './contracts.js';
import { RunBegun } from './drafts.api.js';
import { get, post, urlOf } from './http.js';
import { pageOf } from './page.js';

const Runs = pageOf(RunSummary);

/** The filters that `GET /runs` knows; times are ISO 8601. */
export interface RunsQuery {
  readonly q?: string | undefined;
  readonly status?: string | undefined;
  readonly workflowId?: string | undefined;
  readonly kind?: string | undefined;
  readonly from?: string | undefined;
}

export const runsApi = {
  list: (query: RunsQuery, page: { cursor?: string | undefined; limit: number }, signal?: AbortSignal) =>
    get(Runs, '/runs', { query: { ...query, ...page }, signal }),
  get: (id: string, signal?: AbortSignal) => get(RunDetail, `/runs/${id}`, { signal }),
  cancel: (id: string) => post(RunBegun, `/runs/${id}/cancel`, {}),
  streamUrl: (id: string) => urlOf(`/runs/${id}/stream`),
};
