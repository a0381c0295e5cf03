import { EndpointView } from './contracts.js';
import { get } from './http.js';
import { FULL_PAGE, pageOf } from './page.js';

const Endpoints = pageOf(EndpointView);

export const endpointsApi = {
  list: (signal?: AbortSignal) => get(Endpoints, '/endpoints', { query: { limit: FULL_PAGE }, signal }),
};
