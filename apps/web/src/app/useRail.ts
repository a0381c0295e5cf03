import { createSharedComposable, useLocalStorage, useMediaQuery } from '@vueuse/core';
import { computed } from 'vue';
import { useRoute } from 'vue-router';

/**
 * How wide the rail is: with words on pages and icons only in the editor, until the person decides otherwise for
 * either of the two. On a narrow window it has no room for words.
 */
export const useRail = createSharedComposable(() => {
  const route = useRoute();
  const chosen = useLocalStorage('hookloom.rail', { pages: 'wide', editor: 'narrow' });
  const hasNoRoom = useMediaQuery('(max-width: 1000px)');
  const isEditor = computed(() => route.name === 'edit');
  const place = computed(() => (isEditor.value ? 'editor' : 'pages'));
  const isNarrow = computed(() => hasNoRoom.value || chosen.value[place.value] === 'narrow');
  return {
    isEditor,
    isNarrow,
    canToggle: computed(() => !hasNoRoom.value),
    toggle(): void {
      chosen.value = { ...chosen.value, [place.value]: isNarrow.value ? 'wide' : 'narrow' };
    },
  };
});
