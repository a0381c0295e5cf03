import { toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue';
import { onBeforeRouteLeave, useRoute } from 'vue-router';

/** How far each list was read, by its address. */
const kept = new Map<string, number>();

/** Who comes back to a list finds it where it was left. @param isFilled once there is something to scroll */
export function useKeptScroll(
  box: Readonly<Ref<HTMLElement | null>>,
  isFilled: MaybeRefOrGetter<boolean>,
): void {
  const { fullPath } = useRoute();
  const stop = watch(
    () => toValue(isFilled) && box.value !== null,
    (isReady) => {
      if (!isReady || !box.value) return;
      box.value.scrollTop = kept.get(fullPath) ?? 0;
      stop();
    },
    { flush: 'post' },
  );
  // The address that is left, not the one that was come to: filters were chosen in between.
  onBeforeRouteLeave((_to, from) => void kept.set(from.fullPath, box.value?.scrollTop ?? 0));
}
