import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { workflowsApi } from '../../api/workflows.api.js';

/** One workflow's draft; asked for only while it `isWanted`. */
export function useWorkflow(id: MaybeRefOrGetter<string>, isWanted: MaybeRefOrGetter<boolean> = true) {
  const queryKey = computed(() => ['workflow', toValue(id)]);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => workflowsApi.get(toValue(id), signal),
    enabled: () => toValue(isWanted),
    refetchInterval: 5_000,
  });
  return { query, queryKey, workflow: query.data };
}

/** The published versions of one workflow, newest first. */
export function useWorkflowVersions(id: MaybeRefOrGetter<string | undefined>) {
  const queryKey = computed(() => ['workflow', toValue(id), 'versions']);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => workflowsApi.versions(toValue(id) ?? '', signal),
    enabled: () => toValue(id) !== undefined,
    staleTime: 5_000,
  });
  return { query, queryKey, versions: computed(() => query.data.value?.items ?? []) };
}
