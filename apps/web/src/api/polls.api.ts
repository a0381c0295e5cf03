import { PollView, type PollRequest } from './contracts.js';
import { get, post } from './http.js';

export const pollsApi = {
  get: (endpointId: string, signal?: AbortSignal) =>
    get(PollView, `/endpoints/${endpointId}/poll`, { signal }),
  /** Looks at once. */
  look: (endpointId: string, request: PollRequest) =>
    post(PollView, `/endpoints/${endpointId}/poll`, request),
};
