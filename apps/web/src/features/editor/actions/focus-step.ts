import { nextTick } from 'vue';

/** A step that was just added is measured first, and cannot have the focus before. */
const MOST_FRAMES = 30;

/** Puts the focus on a step, on the canvas or in the outline, as soon as it is drawn. */
export function focusStep(id: string): void {
  const attempt = (framesLeft: number) => {
    const button = buttonOf(id);
    button?.focus();
    const isThere = button !== undefined && document.activeElement === button;
    if (!isThere && framesLeft > 0) requestAnimationFrame(() => attempt(framesLeft - 1));
  };
  void nextTick(() => attempt(MOST_FRAMES));
}

function buttonOf(id: string): HTMLElement | undefined {
  const found = document.querySelector(`[data-step="${CSS.escape(id)}"]`);
  return found instanceof HTMLElement ? found : undefined;
}

/** The step that an element belongs to. */
export function stepOf(target: EventTarget | null): string | undefined {
  const element = target instanceof Element ? target.closest('[data-step]') : null;
  return element?.getAttribute('data-step') ?? undefined;
}

/** Whether keys mean text where they are pressed. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
