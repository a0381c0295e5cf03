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
  const { dimensions, getViewport, setViewport, zoomIn, zoomOut, zoomTo, onMoveStart } = useVueFlow(flow);
  const motion = usePreferredReducedMotion();
  /** What filled the canvas last: done again in another size, until the view is moved elsewhere. */
  let fill: (() => void) | undefined;

  function moveTo(view: View, duration = motion.value === 'reduce' ? 0 : MOVE_MS): void {
    void setViewport({ ...view }, { duration });
  }
  function go(view: View): void {
    fill = undefined;
    moveTo(view);
  }
  function byHand(move: () => Promise<boolean>): () => void {
    return () => {
      fill = undefined;
      void move();
    };
  }
  function viewOfSteps(): View {
    const { direction } = flowOf(draft.value);
    return viewOfAll(Object.values(allPositions(draft.value)), dimensions.value, leastZoom, direction);
  }
  function showAll(): void {
    go(viewOfSteps());
    fill = () => moveTo(viewOfSteps(), 0);
  }
  /** Where the canvas opens: at the step whose panel is open, else at the beginning. */
  function begin(): void {
    const positions = allPositions(draft.value);
    const steps = rows.value.flatMap(({ id }) => positions[id] ?? []);
    moveTo(firstView(steps, dimensions.value), 0);
    if (openStep.value !== '') show(openStep.value);
    fill = begin;
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
  onMoveStart(() => (fill = undefined));
  // What is docked beside the canvas may come later than the canvas, and be made wider.
  watch(
    () => [dimensions.value.width, dimensions.value.height],
    () => (fill ? fill() : openStep.value !== '' && show(openStep.value)),
  );
  // The panel takes room of the canvas first.
  watch(openStep, (id) => void nextTick(() => requestAnimationFrame(() => show(id))));
  watch(linking.state, (link) => link && show(link.target));
  return {
    showAll,
    begin,
    show,
    centre,
    zoomIn: byHand(zoomIn),
    zoomOut: byHand(zoomOut),
    actualSize: byHand(() => zoomTo(1)),
  };
}
