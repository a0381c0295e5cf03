import { createSharedComposable } from '@vueuse/core';
import { ref } from 'vue';

/** Which dialog of the frame is open. */
export const useFrameDialogs = createSharedComposable(() => ({
  opened: ref<'commands' | 'shortcuts'>(),
}));
