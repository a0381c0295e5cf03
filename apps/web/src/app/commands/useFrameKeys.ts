import { useEventListener } from '@vueuse/core';
import { useSingleKeys } from '../../ui/single-keys.js';
import { isTyping } from '../../features/editor/actions/focus-step.js';
import { comboOf } from '../../features/editor/actions/key-combos.js';
import { useFrameDialogs } from './useFrameDialogs.js';

/** The keys that work on every page, as the help lists them. */
export const FRAME_SHORTCUTS = [
  { id: 'commands', keys: ['Mod+K'] },
  { id: 'shortcuts', keys: ['?'] },
  { id: 'search', keys: ['/'] },
] as const;

/** Opens the commands and the help from the keyboard. `/` belongs to the search field of each page. */
export function useFrameKeys(): void {
  const { opened } = useFrameDialogs();
  const hasSingleKeys = useSingleKeys();
  useEventListener(window, 'keydown', (event) => {
    const combo = comboOf(event);
    const wanted =
      combo === 'Mod+K'
        ? 'commands'
        : combo === '?' && hasSingleKeys.value && !isTyping(event.target)
          ? 'shortcuts'
          : undefined;
    if (wanted === undefined) return;
    event.preventDefault();
    opened.value = opened.value === wanted ? undefined : wanted;
  });
}
