import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, ref, toValue, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { replaysApi, type ReplayTarget } from '../../api/replays.api.js';
import { useTellError } from '../../api/useTellError.js';
import { useNotifications } from '../../ui/notifications.js';

const LOOK_MS = 500;

/** Starts new runs from one event and says so; an error stays until dismissed. */
export function useReplayOfOne(eventId: MaybeRefOrGetter<string>) {
  const { t } = useI18n();
  const client = useQueryClient();
  const tellError = useTellError();
  const { announce } = useNotifications();
  const isBusy = ref(false);
  async function replay(target: ReplayTarget): Promise<void> {
    isBusy.value = true;
    const id = toValue(eventId);
    try {
      const runIds = await replaysApi.one(id, target);
      announce(t('replay.started', runIds.length));
      await client.invalidateQueries({ queryKey: ['event', id] });
      void client.invalidateQueries({ queryKey: ['events'] });
    } catch (error) {
      tellError(error);
    } finally {
      isBusy.value = false;
    }
  }
  return { replay, isBusy };
}

/** How far a replay of many events is, while it goes on. */
export function useReplayProgress(id: MaybeRefOrGetter<string>) {
  const queryKey = computed(() => ['replay', toValue(id)]);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => replaysApi.get(toValue(id), signal),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LOOK_MS : false),
  });
  return { query, queryKey, replay: query.data };
}
