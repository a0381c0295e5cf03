import { ServerView } from './contracts.js';
import { get } from './http.js';

export const serverApi = {
  get: (signal?: AbortSignal) => get(ServerView, '/server', { signal }),
};
