import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue';

/**
 * Keeps rows from moving under the reader: while `isHeld`, what arrives at the top is only counted.
 *
 * @param items newest first, ids that grow with time (UUIDv7)
 * @param of what is listed: when it changes, another list begins
 */
export function useHeldList<T extends { readonly id: string }>(
  items: MaybeRefOrGetter<readonly T[]>,
  isHeld: MaybeRefOrGetter<boolean>,
  of: MaybeRefOrGetter<unknown>,
) {
  /** The newest row that may be shown; `undefined`: all. */
  const newestId = ref<string>();
  function showNew(): void {
    newestId.value = toValue(isHeld) ? toValue(items)[0]?.id : undefined;
  }
  watch(() => toValue(isHeld), showNew, { immediate: true });
  watch(
    () => toValue(of),
    () => (newestId.value = undefined),
  );
  watch(
    () => toValue(items)[0]?.id,
    () => {
      if (newestId.value === undefined) showNew();
    },
  );
  const isNew = (item: T) => newestId.value !== undefined && item.id > newestId.value;
  return {
    shown: computed(() => toValue(items).filter((item) => !isNew(item))),
    newCount: computed(() => toValue(items).filter(isNew).length),
    showNew,
  };
}
