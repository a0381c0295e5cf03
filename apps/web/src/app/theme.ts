import { useLocalStorage } from '@vueuse/core';
import { watch } from 'vue';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export function isTheme(text: string): text is Theme {
  return THEMES.some((theme) => theme === text);
}

/** The person's choice of theme on this device; `/theme.js` applies it before the first paint. */
const theme = useLocalStorage<Theme>('hookloom.theme', 'system');
watch(
  theme,
  (chosen) => {
    if (chosen === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = chosen;
  },
  { immediate: true },
);

export function useTheme() {
  return theme;
}
