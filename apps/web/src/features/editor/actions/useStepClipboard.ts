import { useEventListener } from '@vueuse/core';
import type { Ref } from 'vue';
import { useEditor } from '../editor-context.js';
import { isTyping } from './focus-step.js';

/**
 * Copy, cut and paste of steps by the browser's own events, which need no permission. They mean steps while the
 * canvas or the outline has the focus; a paste also while nothing has it.
 *
 * @param chosen the steps that are meant
 */
export function useStepClipboard(root: Ref<HTMLElement | null>, chosen: () => readonly string[]): void {
  const { actions } = useEditor();
  const isHere = () =>
    root.value?.contains(document.activeElement) === true && !isTyping(document.activeElement);
  function give(event: ClipboardEvent, text: string | undefined): void {
    if (text === undefined) return;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  }
  useEventListener(document, 'copy', (event) => {
    if (isHere()) give(event, actions.copyText(chosen()));
  });
  useEventListener(document, 'cut', (event) => {
    if (isHere()) give(event, actions.cutText(chosen()));
  });
  useEventListener(document, 'paste', (event) => {
    if (!isHere() && document.activeElement !== document.body) return;
    if (actions.pasteText(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
  });
}
