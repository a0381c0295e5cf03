import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { stepTypeDetailsApi } from '../../../api/step-type-details.api.js';
import { factsOf, type Catalog } from './step-facts.js';

/** All step types with their schemas; they change only with an upgrade of the server. */
export function useCatalog() {
  const queryKey = ['step-types', 'details'] as const;
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => stepTypeDetailsApi.list(signal),
    staleTime: Infinity,
  });
  const catalog = computed(
    (): Catalog => new Map(query.data.value?.items.map((stepType) => [stepType.type, stepType])),
  );
  return { query, queryKey, catalog, facts: computed(() => factsOf(catalog.value)) };
}
