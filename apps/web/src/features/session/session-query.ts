import { queryOptions } from '@tanstack/vue-query';
import { sessionApi } from '../../api/session.api.js';

/** Who is signed in, and whether the first owner is still to be made. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => sessionApi.get(signal),
  staleTime: 5 * 60_000,
});
