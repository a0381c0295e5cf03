import { WorkflowActivity, WorkflowSummary, WorkflowVersionView, WorkflowView } from './contracts.js';
import { get } from './http.js';
import { allPages, FULL_PAGE, pageOf } from './page.js';

const Workflows = pageOf(WorkflowSummary);
const Activities = pageOf(WorkflowActivity);
const Versions = pageOf(WorkflowVersionView);

export const workflowsApi = {
  listAll: (signal?: AbortSignal) =>
    allPages((cursor) => get(Workflows, '/workflows', { query: { limit: FULL_PAGE, cursor }, signal })),
  activity: (signal?: AbortSignal) =>
    allPages((cursor) =>
      get(Activities, '/workflows/activity', { query: { limit: FULL_PAGE, cursor }, signal }),
    ),
  get: (id: string, signal?: AbortSignal) => get(WorkflowView, `/workflows/${id}`, { signal }),
  versions: (id: string, signal?: AbortSignal) =>
    get(Versions, `/workflows/${id}/versions`, { query: { limit: FULL_PAGE }, signal }),
};
