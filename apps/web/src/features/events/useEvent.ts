import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { eventsApi } from '../../api/events.api.js';

/** One event, whole. */
export function useEvent(id: MaybeRefOrGetter<string>) {
  const queryKey = computed(() => ['event', toValue(id)]);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => eventsApi.get(toValue(id), signal),
    // Only its runs change after it was received.
    refetchInterval: 5_000,
  });
  return { query, queryKey, event: query.data };
}

/** The exact bytes of an event's body, fetched when `isWanted`. */
export function useRawBody(id: MaybeRefOrGetter<string>, isWanted: MaybeRefOrGetter<boolean>) {
  const queryKey = computed(() => ['event', toValue(id), 'raw']);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => eventsApi.raw(toValue(id), signal),
    enabled: () => toValue(isWanted),
    staleTime: Infinity,
  });
  return { query, queryKey, bytes: query.data };
}
