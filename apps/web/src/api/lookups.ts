import { useQueries, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { INNER_SENDERS } from './contracts.js';
import { endpointsApi } from './endpoints.api.js';
import { sendersApi } from './senders.api.js';
import { stepTypesApi } from './step-types.api.js';
import { workflowsApi } from './workflows.api.js';

/** What changes only with an upgrade of the server. */
const UNCHANGING = { staleTime: Infinity } as const;

/** All workflows of the project, and their names by id. */
export function useWorkflowList() {
  const query = useQuery({
    queryKey: ['workflows'],
    queryFn: ({ signal }) => workflowsApi.listAll(signal),
    refetchInterval: 10_000,
  });
  const workflows = computed(() => query.data.value?.items ?? []);
  const byId = computed(() => new Map(workflows.value.map((workflow) => [workflow.id, workflow])));
  return { query, workflows, byId };
}

/** All endpoints of the project, by id and by key. */
export function useEndpoints() {
  const query = useQuery({
    queryKey: ['endpoints'],
    queryFn: ({ signal }) => endpointsApi.list(signal),
    staleTime: 30_000,
  });
  const endpoints = computed(() => query.data.value?.items ?? []);
  const byId = computed(() => new Map(endpoints.value.map((endpoint) => [endpoint.id, endpoint])));
  const byKey = computed(() => new Map(endpoints.value.map((endpoint) => [endpoint.key, endpoint])));
  return { query, endpoints, byId, byKey };
}

/** How each step type looks, by its name. */
export function useStepTypes() {
  const { data } = useQuery({
    queryKey: ['step-types'],
    queryFn: ({ signal }) => stepTypesApi.list(signal),
    ...UNCHANGING,
  });
  return computed(() => new Map(data.value?.items.map((stepType) => [stepType.type, stepType])));
}

/** All senders by their id, the generic ones first. */
export function useSenders() {
  const { data } = useQuery({
    queryKey: ['senders'],
    queryFn: ({ signal }) => sendersApi.list(signal),
    ...UNCHANGING,
  });
  return computed(() => new Map(data.value?.items.map((sender) => [sender.id, sender])));
}

/** What each sender is called, by its id. */
export function useSenderNames() {
  const senders = useSenders();
  const { t } = useI18n();
  return computed(() => {
    const inner = INNER_SENDERS.map((id): [string, string] => [id, t(`senders.${id}`)]);
    return new Map([...inner, ...[...senders.value].map(([id, { name }]): [string, string] => [id, name])]);
  });
}

const senderQuery = (id: string) => ({
  queryKey: ['senders', id],
  queryFn: ({ signal }: { signal: AbortSignal }) => sendersApi.get(id, signal),
  ...UNCHANGING,
});

/** One sender with its sample events. */
export function useSenderDetail(id: MaybeRefOrGetter<string>) {
  const { data } = useQuery(computed(() => senderQuery(toValue(id))));
  return data;
}

/** These senders with their sample events, as far as they are known yet. */
export function useSenderDetails(ids: MaybeRefOrGetter<readonly string[]>) {
  const answers = useQueries({ queries: computed(() => toValue(ids).map(senderQuery)) });
  return computed(() => answers.value.flatMap(({ data }) => data ?? []));
}
