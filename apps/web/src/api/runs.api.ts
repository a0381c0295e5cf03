import {
  RetryForecast,
  RunBatchItemView,
  RunBatchView,
  RunCauses,
  RunCount,
  RunDetail,
  RunSummary,
  StepResultView,
  WorkflowDefinition,
} from './contracts.js';
import { RunBegun } from './drafts.api.js';
import { get, post, urlOf, withoutEmpty } from './http.js';
import { pageOf } from './page.js';

const Runs = pageOf(RunSummary);
const Items = pageOf(RunBatchItemView);
const Rounds = pageOf(StepResultView);

/** The filters that `GET /runs` knows; times are ISO 8601. */
export interface RunsQuery {
  readonly q?: string | undefined;
  /** A comparison with one value of the event's JSON body. */
  readonly where?: string | undefined;
  readonly status?: string | undefined;
  readonly workflowId?: string | undefined;
  readonly kind?: string | undefined;
  readonly version?: string | undefined;
  /** Id of the step that failed. */
  readonly step?: string | undefined;
  readonly cause?: string | undefined;
  readonly longerThanMs?: string | undefined;
  readonly from?: string | undefined;
}

/** From which step, and in which version; without either the same one from what failed. */
export interface RetryChoice {
  readonly from?: string;
  readonly version?: 'live';
}
export interface RunStart {
  readonly trigger: string;
  readonly input?: unknown;
  readonly draft: boolean;
}

export const runsApi = {
  list: (query: RunsQuery, page: { cursor?: string | undefined; limit: number }, signal?: AbortSignal) =>
    get(Runs, '/runs', { query: { ...query, ...page }, signal }),
  count: (query: RunsQuery, signal?: AbortSignal) =>
    get(RunCount, '/runs/count', { query: { ...query }, signal }),
  /** Why runs failed, those that failed alike together. */
  causes: (query: RunsQuery, signal?: AbortSignal) =>
    get(RunCauses, '/runs/causes', { query: { ...query }, signal }),
  get: (id: string, signal?: AbortSignal) => get(RunDetail, `/runs/${id}`, { signal }),
  /** All rounds of one step, by pages. */
  rounds: (
    id: string,
    step: string,
    page: { cursor?: string | undefined; limit: number },
    signal?: AbortSignal,
  ) => get(Rounds, `/runs/${id}/steps`, { query: { step, ...page }, signal }),
  /** The workflow as this run follows it. */
  definition: (id: string, signal?: AbortSignal) =>
    get(WorkflowDefinition, `/runs/${id}/definition`, { signal }),
  /** What a retry would keep and do again; nothing is done. */
  foresee: (id: string, how: RetryChoice, signal?: AbortSignal) =>
    get(RetryForecast, `/runs/${id}/retry`, { query: { ...how }, signal }),
  /** @returns the same run, or with `version` a new one */
  retry: (id: string, how: RetryChoice) => post(RunBegun, `/runs/${id}/retry`, how),
  /** A new run with what an earlier one was given, without its event. */
  start: (workflowId: string, start: RunStart) => post(RunBegun, `/workflows/${workflowId}/runs`, start),
  cancel: (id: string) => post(RunBegun, `/runs/${id}/cancel`, {}),
  streamUrl: (id: string) => urlOf(`/runs/${id}/stream`),
};

export type RunAction = RunBatchView['action'];

/** What is done to all runs that a filter finds. */
export const runBatchesApi = {
  begin: (action: RunAction, filter: RunsQuery, version: 'live' | undefined) =>
    post(RunBatchView, '/run-batches', { action, version, filter: withoutEmpty(filter) }),
  get: (id: string, signal?: AbortSignal) => get(RunBatchView, `/run-batches/${id}`, { signal }),
  items: (id: string, signal?: AbortSignal) =>
    get(Items, `/run-batches/${id}/items`, { query: { limit: 200 }, signal }),
  cancel: (id: string) => post(RunBatchView, `/run-batches/${id}/cancel`, {}),
};
