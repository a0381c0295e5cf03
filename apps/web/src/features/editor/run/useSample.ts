import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, ref, watch, type ComputedRef } from 'vue';
import { eventsApi } from '../../../api/events.api.js';
import { useLiveStream } from '../../../api/live-stream.js';
import { useEndpoints } from '../../../api/lookups.js';
import { samplesApi } from '../../../api/samples.api.js';
import { useUrlText } from '../../../app/useUrlText.js';
import { triggerOf } from '../data/scope.js';
import type { Draft } from '../document/draft.js';
import { useCatalogSamples } from './useCatalogSamples.js';

const POLL_MS = 5_000;
const SELDOM_MS = 30_000;
const MOST = 20;
/** Chosen instead of an event: the test begins with nothing. */
export const NO_SAMPLE = 'none';

/**
 * What the draft is tried out with: an event that reached one of the workflow's URLs, or one that is kept with the
 * draft. The first event that arrives is taken; those after it only when they are chosen.
 */
export function useSample(workflowId: string, draft: ComputedRef<Draft>) {
  const client = useQueryClient();
  const asked = useUrlText('sample').value;
  const chosen = ref(asked === '' ? undefined : asked);
  const { events, areKnown, isLive } = useSampleEvents(draft, asked);
  const { data: kept } = useQuery({
    queryKey: ['samples', workflowId],
    queryFn: ({ signal }) => samplesApi.list(workflowId, signal),
  });
  const saved = computed(() => (kept.value?.items ?? []).filter(({ kind }) => kind === 'event'));
  watch(
    () => events.value[0]?.id,
    (newest) => (chosen.value ??= newest),
    { immediate: true },
  );
  const catalog = useCatalogSamples(draft);
  /** Until an event arrives, what the sender is known to send. */
  const catalogSample = computed(() =>
    chosen.value === undefined && areKnown.value
      ? catalog.value[0]
      : catalog.value.find(({ id }) => id === chosen.value),
  );
  const eventId = computed(() => events.value.find(({ id }) => id === chosen.value)?.id);
  const savedId = computed(() => saved.value.find(({ id }) => id === chosen.value)?.id);
  const received = useTrigger(workflowId, eventId, savedId);
  const trigger = computed(() => catalogSample.value?.trigger ?? received.value);
  return {
    events,
    saved,
    catalog,
    savedId,
    eventId,
    trigger,
    /** Whether new events are told at once; otherwise they are looked for every five seconds. */
    isLive,
    /** What is chosen: the id of an event, of a kept sample or of the catalogue's, or NO_SAMPLE. */
    value: computed(() => eventId.value ?? savedId.value ?? catalogSample.value?.id ?? NO_SAMPLE),
    choose: (id: string) => void (chosen.value = id),
    /** Keeps an event body with the draft and takes it. @throws what the call throws */
    async keep(name: string, body: unknown): Promise<void> {
      const receivedAt = new Date().toISOString();
      const value = { receivedAt, method: 'POST', headers: {}, query: {}, body };
      const { id } = await samplesApi.keep(workflowId, { name, value });
      await client.invalidateQueries({ queryKey: ['samples', workflowId], exact: true });
      chosen.value = id;
    },
    /** Deletes the kept sample that is chosen. @throws what the call throws */
    async remove(): Promise<void> {
      if (savedId.value === undefined) return;
      await samplesApi.delete(workflowId, savedId.value);
      chosen.value = events.value[0]?.id;
      await client.invalidateQueries({ queryKey: ['samples', workflowId], exact: true });
    },
    /** ISO 8601: stands for the time at which a run would begin. */
    startedAt: new Date().toISOString(),
  };
}
export type Sample = ReturnType<typeof useSample>;

/** The newest events of the workflow's URLs, newest first and live; and the one that the address asks for. */
function useSampleEvents(draft: ComputedRef<Draft>, asked: string) {
  const client = useQueryClient();
  const { byKey } = useEndpoints();
  const endpointIds = computed(() => {
    const keys = draft.value.definition.steps.map(({ config }) => config['endpoint']);
    return keys.flatMap((key) => (typeof key === 'string' ? (byKey.value.get(key)?.id ?? []) : []));
  });
  const { isOpen } = useLiveStream(
    () => (endpointIds.value.length > 0 ? eventsApi.streamUrl() : undefined),
    ['event'],
    () => void client.invalidateQueries({ queryKey: ['events', 'samples'] }),
  );
  const { data } = useQuery({
    queryKey: computed(() => ['events', 'samples', endpointIds.value]),
    queryFn: async ({ signal }) => {
      const lists = endpointIds.value.map((endpointId) => eventsApi.list({ endpointId }, undefined, signal));
      return (await Promise.all(lists)).flatMap(({ items }) => items);
    },
    enabled: () => endpointIds.value.length > 0,
    refetchInterval: () => (isOpen.value ? SELDOM_MS : POLL_MS),
  });
  const { data: askedFor } = useQuery({
    queryKey: ['event', asked],
    queryFn: ({ signal }) => eventsApi.get(asked, signal),
    enabled: asked !== '',
  });
  const events = computed(() => {
    const newest = (data.value ?? [])
      .filter(({ status, reason }) => status !== 'rejected' && reason !== 'handshake')
      .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, MOST);
    const isListed = newest.some(({ id }) => id === asked);
    return askedFor.value === undefined || isListed ? newest : [...newest, askedFor.value];
  });
  const areKnown = computed(() => endpointIds.value.length === 0 || data.value !== undefined);
  return { events, areKnown, isLive: computed(() => endpointIds.value.length === 0 || isOpen.value) };
}

/** What `trigger` would be; `undefined` without a sample. */
function useTrigger(
  workflowId: string,
  eventId: ComputedRef<string | undefined>,
  savedId: ComputedRef<string | undefined>,
): ComputedRef<unknown> {
  const { byId } = useEndpoints();
  const { data: event } = useQuery({
    queryKey: computed(() => ['event', eventId.value]),
    queryFn: ({ signal }) => eventsApi.get(eventId.value ?? '', signal),
    enabled: () => eventId.value !== undefined,
  });
  const { data: kept } = useQuery({
    queryKey: computed(() => ['samples', workflowId, savedId.value]),
    queryFn: ({ signal }) => samplesApi.get(workflowId, savedId.value ?? '', signal),
    enabled: () => savedId.value !== undefined,
  });
  return computed(() => {
    if (eventId.value !== undefined && event.value) {
      return triggerOf(event.value, byId.value.get(event.value.endpointId)?.sender);
    }
    return savedId.value === undefined ? undefined : kept.value?.value;
  });
}
