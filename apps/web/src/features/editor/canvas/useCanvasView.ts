import { useVueFlow } from '@vue-flow/core';
import { usePreferredReducedMotion } from '@vueuse/core';
import { nextTick, watch } from 'vue';
import { allPositions } from '../document/layout.js';
import { useEditor } from '../editor-context.js';
import { viewOfAll, viewWith, type View } from './viewport.js';

const MOVE_MS = 180;

/** Moves the canvas: to show everything, and to show a step that was added or opened out of sight. */
export function useCanvasView(flow: string, leastZoom: number) {
  const { draft, openStep } = useEditor();
  const { dimensions, getViewport, setViewport } = useVueFlow(flow);
  const motion = usePreferredReducedMotion();

  function go(view: View): void {
    void setViewport({ ...view }, { duration: motion.value === 'reduce' ? 0 : MOVE_MS });
  }
  function showAll(): void {
    go(viewOfAll(Object.values(allPositions(draft.value)), dimensions.value, leastZoom));
  }
  function show(id: string): void {
    const step = allPositions(draft.value)[id];
    if (step === undefined || dimensions.value.width === 0) return;
    const before = getViewport();
    const view = viewWith(step, before, dimensions.value);
    if (view !== before) go(view);
  }
  // The panel takes room of the canvas first.
  watch(openStep, (id) => void nextTick(() => requestAnimationFrame(() => show(id))));
  return { showAll, show };
}
