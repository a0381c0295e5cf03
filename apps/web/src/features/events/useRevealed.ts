import type { EventSecrets } from '@hookloom/contracts';
import { useQuery } from '@tanstack/vue-query';
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { eventsApi } from '../../api/events.api.js';
import { useTellError } from '../../api/useTellError.js';
import { sessionQuery } from '../session/session-query.js';

/** Roles that may see in clear what proves who sent an event. */
const ALLOWED: readonly string[] = ['admin', 'owner'];

/** The masked values of one event in clear, once somebody who may has asked; forgotten with the event. */
export function useRevealed(eventId: MaybeRefOrGetter<string>) {
  const tellError = useTellError();
  const { data: session } = useQuery(sessionQuery);
  const revealed = ref<EventSecrets>();
  const isBusy = ref(false);
  watch(
    () => toValue(eventId),
    () => (revealed.value = undefined),
  );
  async function reveal(): Promise<void> {
    isBusy.value = true;
    const id = toValue(eventId);
    try {
      const secrets = await eventsApi.reveal(id);
      if (toValue(eventId) === id) revealed.value = secrets;
    } catch (error) {
      tellError(error);
    } finally {
      isBusy.value = false;
    }
  }
  const mayReveal = computed(() => ALLOWED.includes(session.value?.user?.role ?? ''));
  return { revealed, mayReveal, reveal, isBusy };
}
