import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { templatesApi } from '../../api/templates.api.js';

/** The gallery changes only with an upgrade of the server. */
const UNCHANGING = { staleTime: Infinity } as const;

export function useTemplates() {
  const queryKey = ['templates'] as const;
  const query = useQuery({ queryKey, queryFn: ({ signal }) => templatesApi.list(signal), ...UNCHANGING });
  return { query, queryKey, templates: computed(() => query.data.value?.items ?? []) };
}

/** One template with its document; none is asked for without a slug. */
export function useTemplate(slug: MaybeRefOrGetter<string | undefined>) {
  const queryKey = computed(() => ['templates', toValue(slug)]);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => templatesApi.get(toValue(slug) ?? '', signal),
    enabled: () => toValue(slug) !== undefined,
    ...UNCHANGING,
  });
  return { query, queryKey, template: query.data };
}
