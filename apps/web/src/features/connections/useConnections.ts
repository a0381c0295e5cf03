import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { connectionsApi } from '../../api/connections.api.js';

/** What connections can be for; changes only with an upgrade of the server. */
export function useConnectionTypes() {
  const { data } = useQuery({
    queryKey: ['connection-types'],
    queryFn: ({ signal }) => connectionsApi.types(signal),
    staleTime: Infinity,
  });
  return computed(() => data.value?.items ?? []);
}

/** All connections of the project, and how to say that they changed. */
export function useConnections() {
  const client = useQueryClient();
  const queryKey = ['connections'] as const;
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => connectionsApi.list(signal),
    refetchInterval: 15_000,
  });
  return {
    query,
    queryKey,
    connections: computed(() => query.data.value?.items ?? []),
    /** Drafts are looked at again too: a connection that works or is gone changes their problems. */
    async noteChange(): Promise<void> {
      await client.invalidateQueries({ queryKey });
      void client.invalidateQueries({ queryKey: ['workflow'] });
    },
  };
}
