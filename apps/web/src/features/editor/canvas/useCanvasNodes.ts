import { useVueFlow } from '@vue-flow/core';
import { computed } from 'vue';
import type { Point } from '../document/draft.js';
import { useEditor } from '../editor-context.js';
import { toEdges, toNodes } from './canvas-model.js';
import { drawnRect, drawnSteps, isSameRect, type Rect } from './geometry.js';
import { shownLines, stageOf } from './sections.js';

/** With fewer steps all are drawn: there is nothing to save. */
const FEW = 60;

/**
 * The draft as nodes and edges, only those close to the view: a long workflow costs what is seen of it.
 *
 * @param dragged where steps stand that are being dragged now; read, not watched
 */
export function useCanvasNodes(flow: string, dragged: Readonly<Record<string, Point>>) {
  const { draft, rows, selected, openStep, run } = useEditor();
  const { viewport, dimensions } = useVueFlow(flow);
  const stage = computed(() => stageOf(draft.value));
  const lines = computed(() => shownLines(draft.value, stage.value));
  const around = computed<Rect>((before) => {
    const rect = drawnRect(viewport.value, dimensions.value);
    return before !== undefined && isSameRect(before, rect) ? before : rect;
  });
  const drawn = computed((): ReadonlySet<string> => {
    const { positions } = stage.value;
    const all = Object.keys(positions);
    if (all.length <= FEW) return new Set(all);
    const near = drawnSteps(positions, lines.value, around.value);
    // What has the focus, or is about to get it, is always there.
    for (const id of [openStep.value, ...selected.value]) if (positions[id]) near.add(id);
    return near;
  });
  const shown = computed(() => ({ draft: draft.value, rows: rows.value, results: run.results.value }));
  const nodes = computed(() =>
    toNodes(shown.value, {
      drawn: drawn.value,
      positions: stage.value.positions,
      sections: stage.value.sections,
      selected: selected.value,
      dragged,
    }),
  );
  const edges = computed(() => {
    const folded = stage.value.sections.map(({ nodeId }) => nodeId);
    return toEdges(shown.value, lines.value, new Set([...drawn.value, ...folded]));
  });
  return { stage, lines, nodes, edges };
}
export type CanvasNodes = ReturnType<typeof useCanvasNodes>;
