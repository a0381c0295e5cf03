import { useQueryClient, type QueryKey } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter, type Ref } from 'vue';
import { useErrorSentences } from './useErrorSentences.js';

interface AsyncQuery {
  readonly data: Ref<unknown>;
  readonly error: Ref<Error | null>;
  readonly isFetching: Ref<boolean>;
  refetch(): unknown;
}

/** Everything that `UiAsync` wants to know about one query, for `v-bind`. */
export function useAsyncState(query: AsyncQuery, key: MaybeRefOrGetter<QueryKey>) {
  const client = useQueryClient();
  const toSentences = useErrorSentences();
  return computed(() => ({
    isLoaded: query.data.value !== undefined,
    isFetching: query.isFetching.value,
    problem: query.error.value ? toSentences(query.error.value) : undefined,
    onRetry: () => void query.refetch(),
    onStop: () => void client.cancelQueries({ queryKey: toValue(key) }),
  }));
}
