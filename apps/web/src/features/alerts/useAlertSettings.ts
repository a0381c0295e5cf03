import type { AlertSettings, WorkflowAlerts } from '@hookloom/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { alertsApi } from '../../api/alerts.api.js';

const SETTINGS = ['alerts', 'settings'];
const MESSAGES = ['alerts', 'messages'];
const POLL_MS = 3_000;

/** Where alerts of the project go. */
export function useAlertSettings() {
  const client = useQueryClient();
  const query = useQuery({ queryKey: SETTINGS, queryFn: ({ signal }) => alertsApi.settings(signal) });
  const save = useMutation({
    mutationFn: (settings: AlertSettings) => alertsApi.save(settings),
    onSuccess: (settings) => client.setQueryData(SETTINGS, settings),
  });
  const test = useMutation({
    mutationFn: alertsApi.test,
    onSuccess: () => client.invalidateQueries({ queryKey: MESSAGES }),
  });
  return { query, queryKey: SETTINGS, settings: query.data, save, test };
}

/** The latest messages, and what came of each. */
export function useAlertMessages() {
  const query = useQuery({
    queryKey: MESSAGES,
    queryFn: ({ signal }) => alertsApi.messages(signal),
    refetchInterval: POLL_MS,
  });
  return { query, queryKey: MESSAGES, messages: computed(() => query.data.value?.items ?? []) };
}

/** A workflow's own word about its alerts. */
export function useWorkflowAlerts(id: MaybeRefOrGetter<string>) {
  const client = useQueryClient();
  const queryKey = computed(() => ['workflow', toValue(id), 'alerts']);
  const query = useQuery({ queryKey, queryFn: ({ signal }) => alertsApi.ofWorkflow(toValue(id), signal) });
  const save = useMutation({
    mutationFn: (alerts: WorkflowAlerts) => alertsApi.saveOfWorkflow(toValue(id), alerts),
    onSuccess: (alerts) => client.setQueryData(queryKey.value, alerts),
  });
  return { query, queryKey, alerts: query.data, save };
}
