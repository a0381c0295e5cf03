import { useQuery } from '@tanstack/vue-query';
import { computed, ref, type ComputedRef } from 'vue';
import { eventsApi } from '../../../api/events.api.js';
import { useEndpoints } from '../../../api/lookups.js';
import { triggerOf } from '../data/scope.js';
import type { Draft } from '../document/draft.js';

const POLL_MS = 5_000;
const MOST = 20;
/** Chosen instead of an event: the test begins with nothing. */
export const NO_SAMPLE = 'none';

/** The event that tests begin with: the newest that reached one of the workflow's URLs, or the one that was chosen. */
export function useSample(draft: ComputedRef<Draft>) {
  const { byKey, byId } = useEndpoints();
  const chosen = ref<string>();
  const endpointIds = computed(() => {
    const keys = draft.value.definition.steps.map(({ config }) => config['endpoint']);
    return keys.flatMap((key) => (typeof key === 'string' ? (byKey.value.get(key)?.id ?? []) : []));
  });
  const { data } = useQuery({
    queryKey: computed(() => ['events', 'samples', endpointIds.value]),
    queryFn: async ({ signal }) => {
      const lists = endpointIds.value.map((endpointId) => eventsApi.list({ endpointId }, undefined, signal));
      return (await Promise.all(lists)).flatMap(({ items }) => items);
    },
    enabled: () => endpointIds.value.length > 0,
    refetchInterval: POLL_MS,
  });
  const events = computed(() =>
    (data.value ?? [])
      .filter(({ status, reason }) => status !== 'rejected' && reason !== 'handshake')
      .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, MOST),
  );
  const eventId = computed(() => {
    if (chosen.value === NO_SAMPLE) return undefined;
    return events.value.find(({ id }) => id === chosen.value)?.id ?? events.value[0]?.id;
  });
  const { data: event } = useQuery({
    queryKey: computed(() => ['event', eventId.value]),
    queryFn: ({ signal }) => eventsApi.get(eventId.value ?? '', signal),
    enabled: () => eventId.value !== undefined,
  });
  return {
    events,
    eventId,
    /** What `trigger` would be; `undefined` without a sample. */
    trigger: computed(() =>
      event.value && eventId.value !== undefined
        ? triggerOf(event.value, byId.value.get(event.value.endpointId)?.sender)
        : undefined,
    ),
    /** ISO 8601: stands for the time at which a run would begin. */
    startedAt: new Date().toISOString(),
    choose: (id: string) => void (chosen.value = id),
  };
}
export type Sample = ReturnType<typeof useSample>;
