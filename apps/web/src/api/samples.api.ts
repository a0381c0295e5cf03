import { WorkflowSample, WorkflowSampleView, type SampleInput } from './contracts.js';
import { get, post, put, remove } from './http.js';
import { FULL_PAGE, pageOf } from './page.js';

const Samples = pageOf(WorkflowSample);
const of = (workflowId: string) => `/workflows/${workflowId}/samples`;
const output = (workflowId: string, stepId: string) =>
  `${of(workflowId)}/outputs/${encodeURIComponent(stepId)}`;

/** Sample events and pinned outputs of a workflow's draft. */
export const samplesApi = {
  list: (workflowId: string, signal?: AbortSignal) =>
    get(Samples, of(workflowId), { query: { limit: FULL_PAGE }, signal }),
  get: (workflowId: string, id: string, signal?: AbortSignal) =>
    get(WorkflowSampleView, `${of(workflowId)}/${id}`, { signal }),
  keep: (workflowId: string, input: SampleInput) => post(WorkflowSampleView, of(workflowId), input),
  delete: (workflowId: string, id: string) => remove(`${of(workflowId)}/${id}`),
  pin: (workflowId: string, stepId: string, value: unknown) =>
    put(WorkflowSampleView, output(workflowId, stepId), { value }),
  unpin: (workflowId: string, stepId: string) => remove(output(workflowId, stepId)),
};
