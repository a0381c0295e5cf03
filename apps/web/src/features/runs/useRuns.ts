import { computed } from 'vue';
import { runsApi, type RunsQuery } from '../../api/runs.api.js';
import { useCursorList } from '../../api/useCursorList.js';
import { rangeStart } from '../../app/time-ranges.js';
import { useUrlText } from '../../app/useUrlText.js';

const PAGE = 100;

/** What the list is narrowed to; `range` is a length, so that the list stays the same while time goes on. */
export type RunsFilter = Omit<RunsQuery, 'from'> & { readonly range: string };

function toQuery({ range, ...query }: RunsFilter): RunsQuery {
  return { ...query, from: rangeStart(range, Date.now()) };
}

/** The filters of the run list, all kept in the page's address. */
export function useRunFilters() {
  const q = useUrlText('q');
  const status = useUrlText('status');
  const workflow = useUrlText('workflow');
  const kind = useUrlText('kind');
  const range = useUrlText('range');
  const query = computed((): RunsFilter => ({
    q: q.value,
    status: status.value,
    workflowId: workflow.value,
    kind: kind.value,
    range: range.value,
  }));
  const isFiltered = computed(() => [q, status, workflow, kind, range].some(({ value }) => value !== ''));
  return { q, status, workflow, kind, range, query, isFiltered };
}

/** The runs that fit the filters, newest first. */
export function useRuns(filters: { readonly value: RunsFilter }) {
  return useCursorList({
    key: () => ['runs', filters.value],
    load: (cursor, signal) => runsApi.list(toQuery(filters.value), { cursor, limit: PAGE }, signal),
  });
}
