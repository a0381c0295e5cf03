import { nextTick } from 'vue';

/** A step that was just added is measured first, and cannot have the focus before. */
const MOST_FRAMES = 30;

/** Puts the focus on a step, on the canvas or in the outline, as soon as it is drawn. */
export function focusStep(id: string): void {
  focusWhenDrawn(`[data-step="${CSS.escape(id)}"]`);
}

/** Puts the focus on what a selector names, as soon as it is there and drawn. The text of a field is chosen. */
export function focusWhenDrawn(selector: string): void {
  const attempt = (framesLeft: number) => {
    const found = document.querySelector(selector);
    if (found instanceof HTMLElement) found.focus({ preventScroll: found.closest('.canvas') !== null });
    if (found !== null && document.activeElement === found) {
      if (found instanceof HTMLInputElement) found.select();
    } else if (framesLeft > 0) requestAnimationFrame(() => attempt(framesLeft - 1));
  };
  void nextTick(() => attempt(MOST_FRAMES));
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
