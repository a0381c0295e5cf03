import { z } from 'zod';
import {
  WorkflowDefinition,
  WorkflowExport,
  WorkflowProblem,
  WorkflowView,
  type RunRequest,
  type WorkflowInput,
  type WorkflowUpdate,
} from './contracts.js';
import { get, post, put, remove } from './http.js';

export const RunBegun = z.object({ runId: z.uuid() });
const Published = z.object({ version: z.int() });
const Imported = z.object({
  workflows: z.array(
    z.object({ id: z.uuid(), name: z.string(), key: z.string(), problems: z.array(WorkflowProblem) }),
  ),
});
export type ImportedWorkflow = z.infer<typeof Imported>['workflows'][number];
const ImportChecked = z.object({
  workflows: z.array(
    z.object({
      name: z.string(),
      key: z.string().optional(),
      definition: WorkflowDefinition,
      problems: z.array(WorkflowProblem),
    }),
  ),
});
export type CheckedWorkflow = z.infer<typeof ImportChecked>['workflows'][number];

/** What the editor does to a workflow. */
export const draftsApi = {
  create: (input: WorkflowInput) => post(WorkflowView, '/workflows', input),
  /** @throws ApiError 409 when the draft was saved since `revision` */
  save: (id: string, update: WorkflowUpdate) => put(WorkflowView, `/workflows/${id}`, update),
  /** @param note what is new; empty for none */
  publish: (id: string, note = '') =>
    post(Published, `/workflows/${id}/publish`, note === '' ? {} : { note }),
  /** Makes a version live at once; runs under way finish on theirs. */
  makeLive: (id: string, version: number) =>
    post(WorkflowView, `/workflows/${id}/versions/${version}/live`, {}),
  pause: (id: string) => post(WorkflowView, `/workflows/${id}/pause`, {}),
  resume: (id: string) => post(WorkflowView, `/workflows/${id}/resume`, {}),
  copy: (id: string) => post(WorkflowView, `/workflows/${id}/copy`, {}),
  delete: (id: string) => remove(`/workflows/${id}`),
  /** Without `version` the draft. */
  export: (id: string, version?: number) =>
    get(WorkflowExport, `/workflows/${id}/export`, { query: { version } }),
  checkImport: (documents: unknown) => post(ImportChecked, '/workflows/import/check', documents),
  importAll: (documents: readonly Omit<CheckedWorkflow, 'problems'>[]) =>
    post(Imported, '/workflows/import', documents),
  /** Runs what is live. */
  run: (id: string, request: { readonly input?: unknown }) =>
    post(RunBegun, `/workflows/${id}/runs`, request),
  /** Runs the draft, for real. */
  test: (id: string, request: Omit<RunRequest, 'draft'>) =>
    post(RunBegun, `/workflows/${id}/runs`, { ...request, draft: true }),
  /**
   * Does one step of the draft alone, for real. What its expressions see of the steps before it, a trigger's event
   * included, is told with the call.
   */
  testStep: (id: string, stepId: string, told: { input: unknown; steps: Record<string, unknown> }) =>
    post(RunBegun, `/workflows/${id}/steps/${stepId}/test`, told),
};

/** A document without anything in it but what is given. */
export function aDefinition(steps: WorkflowDefinition['steps']): WorkflowDefinition {
  return { format: 1, steps, edges: [], settings: {} };
}
