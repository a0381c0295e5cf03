import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { redactionApi } from '../../api/redaction.api.js';

const KEY = ['redaction-rules'];

/** The rules that hide values, and the calls that make and remove one. */
export function useRedactionRules() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => redactionApi.list(signal) });
  return {
    query,
    queryKey: KEY,
    rules: computed(() => query.data.value?.items ?? []),
    create: useMutation({ mutationFn: redactionApi.create, onSuccess }),
    remove: useMutation({ mutationFn: redactionApi.remove, onSuccess }),
  };
}
