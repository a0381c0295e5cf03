import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useEndpoints } from '../../../api/lookups.js';

/** The endpoint that a step names by its key; `undefined` while there is none. */
export function useStepEndpoint(key: MaybeRefOrGetter<unknown>) {
  const { byKey } = useEndpoints();
  return computed(() => {
    const named = toValue(key);
    return typeof named === 'string' ? byKey.value.get(named) : undefined;
  });
}
