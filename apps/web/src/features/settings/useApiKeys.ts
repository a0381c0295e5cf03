import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { apiKeysApi } from '../../api/api-keys.api.js';

const KEY = ['api-keys'];

/** The project's API keys, and the calls that make and revoke one. */
export function useApiKeys() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => apiKeysApi.list(signal) });
  return {
    query,
    queryKey: KEY,
    keys: computed(() => query.data.value?.items ?? []),
    create: useMutation({ mutationFn: apiKeysApi.create, onSuccess }),
    revoke: useMutation({ mutationFn: apiKeysApi.revoke, onSuccess }),
  };
}
