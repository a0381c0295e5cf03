import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useWorkflowList } from '../../api/lookups.js';
import { useAsyncState } from '../../api/useAsyncState.js';
import { workflowsApi } from '../../api/workflows.api.js';
import { toRow } from './workflow-rows.js';

const POLL_MS = 10_000;

/** All workflows with what they did lately; the figures come after the names, so that nothing waits for counting. */
export function useWorkflowRows() {
  const { query, workflows } = useWorkflowList();
  const activity = useQuery({
    queryKey: ['workflows', 'activity'],
    queryFn: ({ signal }) => workflowsApi.activity(signal),
    refetchInterval: POLL_MS,
  });
  const byId = computed(() => new Map(activity.data.value?.items.map((item) => [item.workflowId, item])));
  return {
    state: useAsyncState(query, ['workflows']),
    rows: computed(() => workflows.value.map((workflow) => toRow(workflow, byId.value.get(workflow.id)))),
  };
}
