import { RetentionRule } from '../../api/contracts.js';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { retentionApi, type Keepable } from '../../api/retention.api.js';

const STORAGE = ['storage'];
const RULE = ['retention'];

/** What takes the space, as measured in the last minute. */
export function useStorage() {
  const query = useQuery({ queryKey: STORAGE, queryFn: ({ signal }) => retentionApi.storage(signal) });
  return { query, queryKey: STORAGE, storage: query.data };
}

/** The rule, the call that changes it, and what a wanted one would delete. */
export function useRetention(wanted: MaybeRefOrGetter<RetentionRule | undefined>) {
  const client = useQueryClient();
  const query = useQuery({ queryKey: RULE, queryFn: ({ signal }) => retentionApi.rule(signal) });
  const preview = useQuery({
    queryKey: computed(() => [...RULE, 'preview', toValue(wanted)]),
    queryFn: ({ signal }) => retentionApi.preview(RetentionRule.parse(toValue(wanted)), signal),
    enabled: () => toValue(wanted) !== undefined,
    placeholderData: keepPreviousData,
  });
  const save = useMutation({
    mutationFn: retentionApi.setRule,
    onSuccess: (rule) => {
      client.setQueryData(RULE, rule);
      void client.invalidateQueries({ queryKey: STORAGE });
    },
  });
  return { query, queryKey: RULE, rule: query.data, preview: preview.data, save };
}

/** Keeps an event or a run beyond the rule, or lets the rule hold again. `queryKey`: where it is shown. */
export function useKeep(kind: Keepable, id: MaybeRefOrGetter<string>) {
  const client = useQueryClient();
  const shownAt = kind === 'events' ? 'event' : 'run';
  return useMutation({
    mutationFn: async (isWanted: boolean) => {
      await (isWanted ? retentionApi.keep(kind, toValue(id)) : retentionApi.release(kind, toValue(id)));
    },
    onSettled: () => client.invalidateQueries({ queryKey: [shownAt, toValue(id)] }),
  });
}
