import type { NodeDragEvent } from '@vue-flow/core';
import { shallowRef } from 'vue';
import { edgeKey, type Point } from '../document/draft.js';
import { isLoose } from '../document/edits/insert-loose.js';
import { changeNote } from '../document/edits/notes.js';
import { flowOf } from '../document/flow.js';
import { allPositions } from '../document/layout.js';
import { useEditor } from '../editor-context.js';
import { guidesOf, lineUnder, type Guide } from './alignment.js';
import type { CanvasNodes } from './useCanvasNodes.js';

/**
 * Dragging steps and notes: guides while they move, and one edit at the end. With Alt copies are left where they are
 * dropped; a step that is connected to nothing and dropped on a line comes between.
 *
 * @param dragged is told where the dragged ones stand
 */
export function useCanvasDrag(dragged: Record<string, Point>, nodes: () => CanvasNodes) {
  const { draft, selected, actions, facts } = useEditor();
  const guides = shallowRef<readonly Guide[]>([]);
  const dropEdge = shallowRef<string>();
  let isCopying = false;

  /** What is moved with a step: all that are chosen with it, drawn or not. */
  function movedWith(id: string): string[] {
    return selected.value.has(id) ? [...selected.value] : [id];
  }
  function edgeUnder(id: string, place: Point) {
    if (isCopying || !isLoose(draft.value, id, facts.value)) return undefined;
    const { lines, stage } = nodes();
    return lineUnder(place, lines.value, stage.value.positions, flowOf(draft.value))?.edge;
  }
  function look(id: string, place: Point): void {
    const moved = new Set(movedWith(id));
    const { positions } = nodes().stage.value;
    const others = Object.entries(positions).flatMap(([other, point]) => (moved.has(other) ? [] : [point]));
    guides.value = guidesOf(place, others);
    const edge = moved.size === 1 ? edgeUnder(id, place) : undefined;
    dropEdge.value = edge && edgeKey(edge);
  }
  function clear(): void {
    for (const id of Object.keys(dragged)) delete dragged[id];
    guides.value = [];
    dropEdge.value = undefined;
  }
  function drop(id: string, place: Point): void {
    const ids = movedWith(id);
    const positions = allPositions(draft.value);
    const from = positions[id] ?? place;
    const by = { x: place.x - from.x, y: place.y - from.y };
    const edge = ids.length === 1 ? edgeUnder(id, place) : undefined;
    if (isCopying) return actions.copyBy(ids, by);
    if (edge) return actions.insertLoose(id, edge, place);
    const places = ids.flatMap((each) => {
      const before = positions[each];
      return before ? [[each, { x: before.x + by.x, y: before.y + by.y }] as const] : [];
    });
    actions.move(Object.fromEntries(places));
  }
  return {
    guides,
    dropEdge,
    start({ event }: NodeDragEvent): void {
      isCopying = event.altKey;
    },
    move({ node, nodes: all }: NodeDragEvent): void {
      for (const { id, position } of all) dragged[id] = { ...position };
      if (node?.type === 'step') look(node.id, node.position);
    },
    stop({ node, nodes: all }: NodeDragEvent): void {
      const first = node ?? all[0];
      const place = first && { ...first.position };
      clear();
      if (first === undefined || place === undefined) return;
      if (first.type === 'step') return drop(first.id, place);
      actions.edit({ key: 'editor.edits.moveNote' }, (now) => changeNote(now, first.data.note.id, place));
    },
  };
}
