import { ConnectionView } from './contracts.js';
import { get } from './http.js';
import { FULL_PAGE, pageOf } from './page.js';

const Connections = pageOf(ConnectionView);

export const connectionsApi = {
  list: (signal?: AbortSignal) => get(Connections, '/connections', { query: { limit: FULL_PAGE }, signal }),
};
