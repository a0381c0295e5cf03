import { useQueryClient } from '@tanstack/vue-query';
import { useEventListener, useIntervalFn } from '@vueuse/core';
import { watch } from 'vue';
import { connectionIsLost, noteSilence } from '../api/connectivity.js';
import { sessionApi } from '../api/session.api.js';

const AGAIN_MS = 2_000;

/** While nothing answers, asks again; once something does, everything on the screen is read anew. */
export function useReconnect(): void {
  const client = useQueryClient();
  // That it is still silent is noted where the call is made.
  const ask = () => void sessionApi.get().catch(() => undefined);
  const { pause, resume } = useIntervalFn(ask, AGAIN_MS, { immediate: false });
  watch(
    connectionIsLost,
    (isLost) => {
      if (isLost) return resume();
      pause();
      void client.invalidateQueries();
    },
    { immediate: connectionIsLost.value },
  );
  useEventListener(window, 'offline', noteSilence);
  useEventListener(window, 'online', ask);
}
