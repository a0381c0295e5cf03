import type { RunDetail, StepResultView } from '@hookloom/contracts';
import { useInfiniteQuery } from '@tanstack/vue-query';
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { runsApi } from '../../api/runs.api.js';
import { useTellError } from '../../api/useTellError.js';
import { roundNumber } from './rounds.js';

const PAGE = 200;
const FIRST_PAGE: string | undefined = undefined;

/** The results of a run with those rounds of a step that a long run left out and that somebody leafed to. */
export function useMoreRounds(
  run: MaybeRefOrGetter<RunDetail | undefined>,
  stepId: MaybeRefOrGetter<string | undefined>,
) {
  const tellError = useTellError();
  const isAsked = ref(false);
  watch([() => toValue(run)?.id, () => toValue(stepId)], () => (isAsked.value = false));
  const query = useInfiniteQuery({
    queryKey: computed(() => ['run-rounds', toValue(run)?.id, toValue(stepId)]),
    queryFn: ({ pageParam, signal }) =>
      runsApi.rounds(
        toValue(run)?.id ?? '',
        toValue(stepId) ?? '',
        { cursor: pageParam, limit: PAGE },
        signal,
      ),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: isAsked,
  });
  const results = computed((): StepResultView[] => {
    const told = toValue(run)?.steps ?? [];
    const known = new Set(told.map(({ path }) => path));
    const more = query.data.value?.pages.flatMap(({ items }) => items) ?? [];
    return [...told, ...more.filter(({ path }) => !known.has(path))];
  });
  /** How many rounds of the step there are, shown or not. */
  const counts = computed(() => toValue(run)?.rounds?.find((one) => one.stepId === toValue(stepId)));
  const shown = () => results.value.filter((result) => result.stepId === toValue(stepId));

  /** Reads pages until that is so or there are no more. What could not be read is told. */
  async function readUntil(isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    if (!isAsked.value) {
      isAsked.value = true;
      await query.refetch();
    }
    while (!isSo() && query.hasNextPage.value && query.error.value === null) await query.fetchNextPage();
    if (query.error.value !== null) tellError(query.error.value);
  }
  /** Reads on until there is a round that was not there before. */
  async function more(): Promise<void> {
    const before = shown().length;
    await readUntil(() => shown().length > before);
  }
  /** The round with this number as people count, read if need be. */
  async function find(number: string): Promise<StepResultView | undefined> {
    const found = () => shown().find(({ path }) => roundNumber(path) === number);
    await readUntil(() => found() !== undefined);
    return found();
  }
  return { results, counts, more, find, isBusy: query.isFetching };
}
