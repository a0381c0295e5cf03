import type { Connection, OnConnectStartParams } from '@vue-flow/core';
import { computed, shallowRef } from 'vue';
import { anEdge, edgeKey, PLAIN_HANDLE } from '../document/draft.js';
import { refusalOf } from '../document/graph.js';
import { useEditor } from '../editor-context.js';

/** Pulling a line from a port: to a step it connects, to the empty canvas it asks what comes there. */
export function useCanvasPull() {
  const { draft, actions, palette, facts } = useEditor();
  const pulled = shallowRef<{ readonly stepId: string; readonly handle: string }>();
  const known = computed(() => new Set(draft.value.definition.edges.map(edgeKey)));
  return {
    startPull({ nodeId, handleId, handleType }: OnConnectStartParams): void {
      pulled.value =
        handleType === 'source' && nodeId !== undefined
          ? { stepId: nodeId, handle: handleId ?? PLAIN_HANDLE }
          : undefined;
    },
    join({ source, sourceHandle, target }: Connection): void {
      pulled.value = undefined;
      actions.connect(anEdge(source, sourceHandle ?? PLAIN_HANDLE, target));
    },
    endPull(event: MouseEvent | TouchEvent | undefined): void {
      const from = pulled.value;
      pulled.value = undefined;
      if (from === undefined || !(event instanceof MouseEvent)) return;
      if (event.target instanceof Element && event.target.classList.contains('vue-flow__pane')) {
        palette.openAtPoint({ x: event.clientX, y: event.clientY }, { kind: 'after', ...from });
      }
    },
    /** The library asks this of the edges that are there already, too, and of those of collapsed sections. */
    canJoin({ source, sourceHandle, target }: Connection): boolean {
      const edge = anEdge(source, sourceHandle ?? PLAIN_HANDLE, target);
      const isOurs = known.value.has(edgeKey(edge)) || [source, target].some((id) => id.includes(':'));
      return isOurs || refusalOf(draft.value, edge, facts.value) === undefined;
    },
  };
}
