import { nextTick } from 'vue';

/** Puts the focus on a step, on the canvas or in the outline, once it is drawn. */
export function focusStep(id: string): void {
  void nextTick(() => {
    requestAnimationFrame(() => buttonOf(id)?.focus({ preventScroll: false }));
  });
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
