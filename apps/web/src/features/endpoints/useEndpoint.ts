import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { endpointHealthApi } from '../../api/endpoint-health.api.js';

const POLL_MS = 5_000;

/** One endpoint; its settings are changed elsewhere too, so it is looked at again. */
export function useEndpointById(id: MaybeRefOrGetter<string>) {
  const queryKey = computed(() => ['endpoint', toValue(id)]);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => endpointHealthApi.get(toValue(id), signal),
    refetchInterval: 15_000,
  });
  return { query, queryKey, endpoint: query.data };
}

/** What came to it lately, and whether it is silent. */
export function useEndpointHealth(id: MaybeRefOrGetter<string>) {
  const queryKey = computed(() => ['endpoint', toValue(id), 'health']);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => endpointHealthApi.health(toValue(id), signal),
    refetchInterval: POLL_MS,
  });
  return { query, queryKey, health: query.data };
}

/** What starts from it. */
export function useEndpointWorkflows(id: MaybeRefOrGetter<string>) {
  const queryKey = computed(() => ['endpoint', toValue(id), 'workflows']);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => endpointHealthApi.workflows(toValue(id), signal),
    refetchInterval: POLL_MS,
  });
  return { query, queryKey, workflows: computed(() => query.data.value?.items ?? []) };
}

/** Its tokens and secrets that are good, and how to end those that were replaced. */
export function useEndpointKeys(id: MaybeRefOrGetter<string>) {
  const client = useQueryClient();
  const queryKey = computed(() => ['endpoint', toValue(id), 'keys']);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => endpointHealthApi.keys(toValue(id), signal),
    refetchInterval: POLL_MS,
  });
  const endOverlap = useMutation({
    mutationFn: (what: 'token' | 'secret') => endpointHealthApi.endOverlap(toValue(id), what),
    onSuccess: (keys) => client.setQueryData(queryKey.value, keys),
  });
  return { query, queryKey, keys: query.data, endOverlap };
}
