import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** A text kept in the page's address under `name`, so that a reload and a shared link show the same. */
export function useUrlText(name: string) {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => {
      const value = route.query[name];
      return typeof value === 'string' ? value : '';
    },
    set: (text: string) => {
      const { [name]: _before, ...others } = router.currentRoute.value.query;
      void router.replace({ query: text === '' ? others : { ...others, [name]: text } });
    },
  });
}
