import { useLocalStorage } from '@vueuse/core';

/** Whether single keys give commands: people who dictate text switch them off. Kept on this device. */
export function useSingleKeys() {
  return useLocalStorage('hookloom.singleKeys', true);
}
