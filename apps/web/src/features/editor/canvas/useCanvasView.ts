import { useVueFlow } from '@vue-flow/core';
import { usePreferredReducedMotion } from '@vueuse/core';
import { nextTick, watch } from 'vue';
import { flowOf } from '../document/flow.js';
import { allPositions } from '../document/layout.js';
import { useEditor } from '../editor-context.js';
import { firstView, viewAround, viewOfAll, viewWith, type View } from './viewport.js';

const MOVE_MS = 180;

/** Moves the canvas: to show everything, and to show a step that was added or opened out of sight. */
export function useCanvasView(flow: string, leastZoom: number) {
  const { draft, rows, openStep, linking } = useEditor();
  const { dimensions, getViewport, setViewport } = useVueFlow(flow);
  const motion = usePreferredReducedMotion();

  function go(view: View): void {
    void setViewport({ ...view }, { duration: motion.value === 'reduce' ? 0 : MOVE_MS });
  }
  function showAll(): void {
    const { direction } = flowOf(draft.value);
    go(viewOfAll(Object.values(allPositions(draft.value)), dimensions.value, leastZoom, direction));
  }
  /** Where the canvas opens: at the step whose panel is open, else at the beginning. */
  function begin(): void {
    const positions = allPositions(draft.value);
    const steps = rows.value.flatMap(({ id }) => positions[id] ?? []);
    void setViewport({ ...firstView(steps, dimensions.value) });
    if (openStep.value !== '') show(openStep.value);
  }
  function show(id: string): void {
    const step = allPositions(draft.value)[id];
    if (step === undefined || dimensions.value.width === 0) return;
    const before = getViewport();
    const view = viewWith(step, before, dimensions.value);
    if (view !== before) go(view);
  }
  /** Brings a step to the middle, where it can be read. */
  function centre(id: string): void {
    const step = allPositions(draft.value)[id];
    if (step === undefined || dimensions.value.width === 0) return;
    go(viewAround(step, getViewport(), dimensions.value));
  }
  // The panel takes room of the canvas first.
  watch(openStep, (id) => void nextTick(() => requestAnimationFrame(() => show(id))));
  watch(linking.state, (link) => link && show(link.target));
  return { showAll, begin, show, centre };
}
