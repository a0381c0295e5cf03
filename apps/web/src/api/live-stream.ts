import { useDocumentVisibility } from '@vueuse/core';
import { onScopeDispose, readonly, ref, toValue, watch, type MaybeRefOrGetter } from 'vue';

/** Changes that come in one burst are answered by one reload. */
const GATHER_MS = 250;

/**
 * Listens to a server-sent stream and says "look again", at most every quarter of a second.
 *
 * The stream is a bell, not the truth: what changed is read through the ordinary calls. It is closed while
 * the tab is hidden, since a browser opens only six connections to one HTTP/1.1 server.
 *
 * @param url `undefined`: nothing to listen to
 * @returns whether the stream is open; while it is not, the caller polls
 */
export function useLiveStream(
  url: MaybeRefOrGetter<string | undefined>,
  names: readonly string[],
  lookAgain: () => void,
) {
  const isOpen = ref(false);
  const visibility = useDocumentVisibility();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const gather = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      lookAgain();
    }, GATHER_MS);
  };
  watch(
    () => (visibility.value === 'visible' ? toValue(url) : undefined),
    (address, _previous, onCleanup) => {
      if (address === undefined) return;
      const stream = new EventSource(address);
      stream.onopen = () => (isOpen.value = true);
      stream.onerror = () => {
        isOpen.value = false;
        // Either only the stream ended, and this loads what it may have missed, or the server is away, and this says so.
        gather();
      };
      for (const name of names) stream.addEventListener(name, gather);
      onCleanup(() => {
        stream.close();
        isOpen.value = false;
      });
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return { isOpen: readonly(isOpen) };
}
