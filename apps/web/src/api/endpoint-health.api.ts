import { EndpointHealth, EndpointKeys, EndpointView, EndpointWorkflow } from './contracts.js';
import { get, post } from './http.js';
import { pageOf } from './page.js';

const Workflows = pageOf(EndpointWorkflow);

export const endpointHealthApi = {
  get: (id: string, signal?: AbortSignal) => get(EndpointView, `/endpoints/${id}`, { signal }),
  health: (id: string, signal?: AbortSignal) => get(EndpointHealth, `/endpoints/${id}/health`, { signal }),
  workflows: (id: string, signal?: AbortSignal) => get(Workflows, `/endpoints/${id}/workflows`, { signal }),
  keys: (id: string, signal?: AbortSignal) => get(EndpointKeys, `/endpoints/${id}/keys`, { signal }),
  /** What was replaced is good no longer. */
  endOverlap: (id: string, what: 'token' | 'secret') =>
    post(EndpointKeys, `/endpoints/${id}/rotate/end`, { what }),
};
