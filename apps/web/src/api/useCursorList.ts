import type { Page } from '@hookloom/contracts';
import { useInfiniteQuery, type QueryKey } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';

const FIRST_PAGE: string | undefined = undefined;
const POLL_MS = 5_000;
/** While a stream rings, polling is only the safety net. */
const POLL_BESIDE_STREAM_MS = 30_000;

interface CursorList<T> {
  readonly key: MaybeRefOrGetter<QueryKey>;
  load(cursor: string | undefined, signal: AbortSignal): Promise<Page<T>>;
  /** Whether a stream says when to look again. */
  readonly isStreamed?: MaybeRefOrGetter<boolean>;
}

/** A list read page by page, newest first, and kept fresh; the more pages are open, the slower the polling. */
export function useCursorList<T>({ key, load, isStreamed }: CursorList<T>) {
  const queryKey = computed(() => toValue(key));
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page: Page<T>) => page.nextCursor ?? undefined,
    refetchInterval: ({ state }) =>
      (toValue(isStreamed) === true ? POLL_BESIDE_STREAM_MS : POLL_MS) * (state.data?.pages.length ?? 1),
  });
  return {
    query,
    queryKey,
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  };
}
