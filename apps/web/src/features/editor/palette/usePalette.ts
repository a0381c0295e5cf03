import type { WorkflowEdge } from '@hookloom/contracts';
import { shallowRef } from 'vue';
import type { Point } from '../document/draft.js';

/** Where the chosen step type goes. */
export type Place =
  | { readonly kind: 'free'; readonly at?: Point }
  | { readonly kind: 'after'; readonly stepId: string; readonly handle?: string }
  | { readonly kind: 'edge'; readonly edge: WorkflowEdge }
  | { readonly kind: 'replace'; readonly stepId: string };

/** The palette while it is open: where it stands on the screen, and where its choice goes. */
export interface OpenPalette {
  readonly place: Place;
  /** Screen position of what it opens from. */
  readonly at: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  /** Gets the focus back. */
  readonly opener: HTMLElement | undefined;
}

export function usePalette() {
  const opened = shallowRef<OpenPalette>();
  return {
    opened,
    /** Opens beside an element, which gets the focus back. */
    openAt(element: Element, place: Place): void {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const opener = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
      opened.value = { place, at: { left, top, right, bottom }, opener };
    },
    /** Opens where the pointer is. */
    openAtPoint({ x, y }: Point, place: Place): void {
      opened.value = { place, at: { left: x, top: y, right: x, bottom: y }, opener: undefined };
    },
    close(): void {
      opened.value = undefined;
    },
  };
}
export type PaletteState = ReturnType<typeof usePalette>;
