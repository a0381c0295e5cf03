import type { RunCount } from '@hookloom/contracts';
import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { eventsApi } from '../../api/events.api.js';
import { useLiveStream } from '../../api/live-stream.js';
import { runsApi, type RunsQuery } from '../../api/runs.api.js';
import { toSearch } from '../../api/search-text.js';
import { useCursorList } from '../../api/useCursorList.js';
import { rangeStart } from '../../app/time-ranges.js';
import { useUrlText } from '../../app/useUrlText.js';

const PAGE = 100;
const POLL_MS = 5_000;

/** What the list is narrowed to; `range` is a length, so that the list stays the same while time goes on. */
export type RunsFilter = Omit<RunsQuery, 'from'> & { readonly range: string };

/** The filter as the API takes it. */
export function toQuery({ range, q, ...query }: RunsFilter): RunsQuery {
  return { ...query, ...toSearch(q), from: rangeStart(range, Date.now()) };
}

/** The filters of the run list, all kept in the page's address under these names. */
export function useRunFilters() {
  const all = {
    q: useUrlText('q'),
    status: useUrlText('status'),
    workflow: useUrlText('workflow'),
    kind: useUrlText('kind'),
    version: useUrlText('version'),
    step: useUrlText('step'),
    cause: useUrlText('cause'),
    longer: useUrlText('longer'),
    range: useUrlText('range'),
  };
  const query = computed((): RunsFilter => ({
    q: all.q.value,
    status: all.status.value,
    workflowId: all.workflow.value,
    kind: all.kind.value,
    version: all.version.value,
    step: all.step.value,
    cause: all.cause.value,
    longerThanMs: all.longer.value,
    range: all.range.value,
  }));
  const isFiltered = computed(() => Object.values(all).some(({ value }) => value !== ''));
  return { all, query, isFiltered };
}
export type RunFilterName = keyof ReturnType<typeof useRunFilters>['all'];

/**
 * The runs that fit the filters, newest first. An arriving event is what begins most of them, so it rings; a search
 * reads run after run, so polling alone keeps it fresh.
 */
export function useRuns(filters: { readonly value: RunsFilter }) {
  const client = useQueryClient();
  const { isOpen } = useLiveStream(eventsApi.streamUrl(), ['event'], () => {
    if (!filters.value.q) void client.invalidateQueries({ queryKey: ['runs'] });
  });
  const list = useCursorList({
    key: () => ['runs', filters.value],
    load: (cursor, signal) => runsApi.list(toQuery(filters.value), { cursor, limit: PAGE }, signal),
  });
  return { ...list, isLive: isOpen };
}

/** How many runs the filters find, for the words above the list: what is all read is counted there. */
export interface RunTotal {
  readonly count: number;
  /** Counting ended there. */
  readonly isMore: boolean;
}

/**
 * A figure above a list never says other than the list: only for what is not read yet is the server's taken.
 *
 * @param shown rows that are listed
 * @param held rows that arrived and are not listed yet
 */
export function totalOf(
  shown: number,
  hasMore: boolean,
  counted: RunCount | undefined,
  held: number,
): RunTotal | undefined {
  if (!hasMore) return { count: shown, isMore: false };
  return counted && { count: Math.max(shown, counted.count - held), isMore: counted.more };
}

/** How many runs the list has, and what the failures among them have in common. */
export function useRunFigures(filters: { readonly value: RunsFilter }) {
  const count = useQuery({
    queryKey: computed(() => ['runs', 'count', filters.value]),
    queryFn: ({ signal }) => runsApi.count(toQuery(filters.value), signal),
    refetchInterval: POLL_MS,
  });
  const isAboutFailures = computed(() => ['', 'failed'].includes(filters.value.status ?? ''));
  const causes = useQuery({
    queryKey: computed(() => ['runs', 'causes', filters.value]),
    queryFn: ({ signal }) => runsApi.causes(toQuery(filters.value), signal),
    enabled: isAboutFailures,
    refetchInterval: POLL_MS,
  });
  return {
    count: count.data,
    causes: computed(() => (isAboutFailures.value ? causes.data.value : undefined)),
  };
}
