import { useQueryClient } from '@tanstack/vue-query';
import { useNow } from '@vueuse/core';
import { computed } from 'vue';
import { eventsApi, type EventsQuery } from '../../api/events.api.js';
import { useLiveStream } from '../../api/live-stream.js';
import { useCursorList } from '../../api/useCursorList.js';
import { rangeStart } from '../../app/time-ranges.js';
import { useUrlText } from '../../app/useUrlText.js';

/** The filters of the event list, all kept in the page's address. */
export function useEventFilters() {
  const q = useUrlText('q');
  const status = useUrlText('status');
  const endpoint = useUrlText('endpoint');
  const type = useUrlText('type');
  const range = useUrlText('range');
  const now = useNow({ interval: 60_000 });
  const query = computed((): EventsQuery => ({
    q: q.value,
    status: status.value,
    endpointId: endpoint.value,
    type: type.value,
    from: rangeStart(range.value, now.value.getTime()),
  }));
  const isFiltered = computed(() => [q, status, endpoint, type, range].some(({ value }) => value !== ''));
  return { q, status, endpoint, type, range, query, isFiltered };
}

/** The events that fit the filters, newest first and live. */
export function useEvents(filters: { readonly value: EventsQuery }) {
  const client = useQueryClient();
  const { isOpen } = useLiveStream(eventsApi.streamUrl(), ['event'], () => {
    void client.invalidateQueries({ queryKey: ['events'] });
  });
  const list = useCursorList({
    key: () => ['events', filters.value],
    load: (cursor, signal) => eventsApi.list(filters.value, cursor, signal),
    isStreamed: isOpen,
  });
  return { ...list, isLive: isOpen };
}
