import {
  TemplateSummary,
  TemplateView,
  WorkflowSetup,
  WorkflowView,
  type WorkflowSetupUpdate,
} from './contracts.js';
import { get, post, put } from './http.js';
import { pageOf } from './page.js';

const Templates = pageOf(TemplateSummary);

export const templatesApi = {
  list: (signal?: AbortSignal) => get(Templates, '/templates', { signal }),
  get: (slug: string, signal?: AbortSignal) =>
    get(TemplateView, `/templates/${encodeURIComponent(slug)}`, { signal }),
  /** Makes a draft with an endpoint of its own. */
  use: (slug: string) => post(WorkflowView, `/templates/${encodeURIComponent(slug)}/use`, {}),
  saveSetup: (workflowId: string, setup: WorkflowSetupUpdate) =>
    put(WorkflowSetup, `/workflows/${workflowId}/setup`, setup),
};
