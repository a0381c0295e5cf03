import { useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { eventsApi, type EventsQuery } from '../../api/events.api.js';
import { useLiveStream } from '../../api/live-stream.js';
import { useCursorList } from '../../api/useCursorList.js';
import { rangeStart } from '../../app/time-ranges.js';
import { useUrlText } from '../../app/useUrlText.js';

/** What the list is narrowed to; `range` is a length, so that the list stays the same while time goes on. */
export type EventsFilter = Omit<EventsQuery, 'from'> & { readonly range: string };

function toQuery({ range, ...query }: EventsFilter): EventsQuery {
  return { ...query, from: rangeStart(range, Date.now()) };
}

/** The filters of the event list, all kept in the page's address. */
export function useEventFilters() {
  const q = useUrlText('q');
  const status = useUrlText('status');
  const endpoint = useUrlText('endpoint');
  const type = useUrlText('type');
  const range = useUrlText('range');
  const query = computed((): EventsFilter => ({
    q: q.value,
    status: status.value,
    endpointId: endpoint.value,
    type: type.value,
    range: range.value,
  }));
  const isFiltered = computed(() => [q, status, endpoint, type, range].some(({ value }) => value !== ''));
  return { q, status, endpoint, type, range, query, isFiltered };
}

/** The events that fit the filters, newest first and live. */
export function useEvents(filters: { readonly value: EventsFilter }) {
  const client = useQueryClient();
  const { isOpen } = useLiveStream(eventsApi.streamUrl(), ['event'], () => {
    void client.invalidateQueries({ queryKey: ['events'] });
  });
  const list = useCursorList({
    key: () => ['events', filters.value],
    load: (cursor, signal) => eventsApi.list(toQuery(filters.value), cursor, signal),
    isStreamed: isOpen,
  });
  return { ...list, isLive: isOpen };
}
