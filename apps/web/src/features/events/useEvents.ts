import { useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { eventsApi, type EventsListQuery } from '../../api/events.api.js';
import { useLiveStream } from '../../api/live-stream.js';
import { toSearch } from '../../api/search-text.js';
import { useCursorList } from '../../api/useCursorList.js';
import { rangeStart } from '../../app/time-ranges.js';
import { useUrlText } from '../../app/useUrlText.js';

/** What the list is narrowed to; `range` is a length, so that the list stays the same while time goes on. */
export type EventsFilter = Omit<EventsListQuery, 'from'> & { readonly range: string };

/** The filter as the API takes it. */
export function toQuery({ range, q, ...query }: EventsFilter): EventsListQuery {
  return { ...query, ...toSearch(q), from: rangeStart(range, Date.now()) };
}

/** The filters by their names in the page's address. */
export type FilterName = 'q' | 'status' | 'endpoint' | 'type' | 'signature' | 'answer' | 'range';
/** Under which name of the address each part of a filter is kept. */
export const NAME_OF_FILTER = {
  q: 'q',
  status: 'status',
  endpointId: 'endpoint',
  type: 'type',
  signature: 'signature',
  answer: 'answer',
  range: 'range',
} as const satisfies Partial<Record<keyof EventsFilter, FilterName>>;

/** The filters of the event list, all kept in the page's address. */
export function useEventFilters() {
  const q = useUrlText('q');
  const status = useUrlText('status');
  const endpoint = useUrlText('endpoint');
  const type = useUrlText('type');
  const signature = useUrlText('signature');
  const answer = useUrlText('answer');
  const range = useUrlText('range');
  const query = computed((): EventsFilter => ({
    q: q.value,
    status: status.value,
    endpointId: endpoint.value,
    type: type.value,
    signature: signature.value,
    answer: answer.value,
    range: range.value,
  }));
  const all = { q, status, endpoint, type, signature, answer, range };
  const isFiltered = computed(() => Object.values(all).some(({ value }) => value !== ''));
  return { all, query, isFiltered };
}

/**
 * The events that fit the filters, newest first and live. A search that reads event after event is not begun
 * again at every delivery; polling keeps it fresh.
 */
export function useEvents(filters: { readonly value: EventsFilter }) {
  const client = useQueryClient();
  const isCostly = computed(() => {
    const { q, signature, answer } = filters.value;
    return [q, signature, answer].some((text) => text !== undefined && text !== '');
  });
  const { isOpen } = useLiveStream(eventsApi.streamUrl(), ['event'], () => {
    if (!isCostly.value) void client.invalidateQueries({ queryKey: ['events'] });
  });
  const list = useCursorList({
    key: () => ['events', filters.value],
    load: (cursor, signal) => eventsApi.list(toQuery(filters.value), cursor, signal),
    isStreamed: isOpen,
  });
  return { ...list, isLive: isOpen };
}
