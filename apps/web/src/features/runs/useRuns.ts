import { useNow } from '@vueuse/core';
import { computed } from 'vue';
import { runsApi, type RunsQuery } from '../../api/runs.api.js';
import { useCursorList } from '../../api/useCursorList.js';
import { rangeStart } from '../../app/time-ranges.js';
import { useUrlText } from '../../app/useUrlText.js';

const PAGE = 100;

/** The filters of the run list, all kept in the page's address. */
export function useRunFilters() {
  const q = useUrlText('q');
  const status = useUrlText('status');
  const workflow = useUrlText('workflow');
  const kind = useUrlText('kind');
  const range = useUrlText('range');
  const now = useNow({ interval: 60_000 });
  const query = computed((): RunsQuery => ({
    q: q.value,
    status: status.value,
    workflowId: workflow.value,
    kind: kind.value,
    from: rangeStart(range.value, now.value.getTime()),
  }));
  const isFiltered = computed(() => [q, status, workflow, kind, range].some(({ value }) => value !== ''));
  return { q, status, workflow, kind, range, query, isFiltered };
}

/** The runs that fit the filters, newest first. */
export function useRuns(filters: { readonly value: RunsQuery }) {
  return useCursorList({
    key: () => ['runs', filters.value],
    load: (cursor, signal) => runsApi.list(filters.value, { cursor, limit: PAGE }, signal),
  });
}
