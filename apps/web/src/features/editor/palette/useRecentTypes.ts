import { useLocalStorage } from '@vueuse/core';

const MOST = 4;

/** The step types that were added last on this device, newest first. */
export function useRecentTypes() {
  const recent = useLocalStorage<string[]>('hookloom.recentSteps', []);
  return {
    recent,
    noteUse(type: string): void {
      recent.value = [type, ...recent.value.filter((each) => each !== type)].slice(0, MOST);
    },
  };
}
