import { useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { endpointSettingsApi, type EndpointChange } from '../../../api/endpoint-settings.api.js';
import { useEndpoints } from '../../../api/lookups.js';
import { useErrorSentences } from '../../../api/useErrorSentences.js';
import { useNotifications } from '../../../ui/notifications.js';

/** The endpoint that a step names, and the change of its settings: saved at once, since no version holds them. */
export function useStepEndpoint(key: MaybeRefOrGetter<unknown>) {
  const client = useQueryClient();
  const { announceError } = useNotifications();
  const toSentences = useErrorSentences();
  const { byKey, endpoints } = useEndpoints();
  const endpoint = computed(() => {
    const named = toValue(key);
    return typeof named === 'string' ? byKey.value.get(named) : undefined;
  });
  async function attempt(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      const { title, text } = toSentences(error);
      announceError([title, text].filter(Boolean).join(' '));
      return false;
    } finally {
      void client.invalidateQueries({ queryKey: ['endpoints'] });
    }
  }
  return {
    endpoint,
    endpoints,
    /** @returns whether it was saved; why not is told */
    change: (change: EndpointChange): Promise<boolean> =>
      attempt(async () => {
        if (endpoint.value) await endpointSettingsApi.change(endpoint.value, change);
      }),
    sendSample: (): Promise<boolean> =>
      attempt(async () => {
        if (endpoint.value) await endpointSettingsApi.sendSample(endpoint.value.id);
        void client.invalidateQueries({ queryKey: ['events'] });
      }),
  };
}
