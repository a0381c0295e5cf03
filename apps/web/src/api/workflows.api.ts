import { WorkflowSummary, WorkflowVersionView, WorkflowView } from './contracts.js';
import { get } from './http.js';
import { FULL_PAGE, pageOf } from './page.js';

const Workflows = pageOf(WorkflowSummary);
const Versions = pageOf(WorkflowVersionView);

export const workflowsApi = {
  list: (signal?: AbortSignal) => get(Workflows, '/workflows', { query: { limit: FULL_PAGE }, signal }),
  get: (id: string, signal?: AbortSignal) => get(WorkflowView, `/workflows/${id}`, { signal }),
  versions: (id: string, signal?: AbortSignal) =>
    get(Versions, `/workflows/${id}/versions`, { query: { limit: FULL_PAGE }, signal }),
};
