import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { eventsApi } from '../../../api/events.api.js';
import { useCursorList } from '../../../api/useCursorList.js';

/** What reached an endpoint, newest first. `isStreamed`: whether somebody else says when to look again. */
export function useNewestEvents(
  endpointId: MaybeRefOrGetter<string>,
  isStreamed?: MaybeRefOrGetter<boolean>,
) {
  const { items, query } = useCursorList({
    key: computed(() => ['events', { endpointId: toValue(endpointId) }]),
    load: (cursor, signal) => eventsApi.list({ endpointId: toValue(endpointId) }, cursor, signal),
    ...(isStreamed === undefined ? {} : { isStreamed }),
  });
  return { events: items, query };
}
