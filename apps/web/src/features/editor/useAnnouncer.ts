import { readonly, ref } from 'vue';

const said = ref('');

/** Says what came of an action to those who do not see the canvas; the editor shows one live region with it. */
export function useAnnouncer() {
  return {
    said: readonly(said),
    announce(text: string): void {
      // The same words twice are said twice.
      said.value = said.value === text ? `${text}\u00a0` : text;
    },
  };
}
