import { QueryCache, QueryClient } from '@tanstack/vue-query';
import { ApiError, ConnectionError } from '../api/errors.js';

const RETRIES = 2;

/** Server state of the whole app. `onSignedOut` is called when a call is refused for want of a login. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError(error) {
        if (error instanceof ApiError && error.status === 401) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        // Answers are replaced, never changed in place: nothing inside of them needs watching.
        shallow: true,
        // The server may be on this machine: what the browser thinks of the network says nothing.
        networkMode: 'always',
        staleTime: 1_000,
        retry: (failures, error) => error instanceof ConnectionError && failures < RETRIES,
        retryDelay: (failures) => 500 * 2 ** failures,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
