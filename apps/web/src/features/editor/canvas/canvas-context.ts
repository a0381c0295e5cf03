import { inject, provide, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';

/** What the parts of the canvas share beside the editor. */
export interface Canvas {
  /** The edge that was clicked, by its key. */
  readonly chosenEdge: Ref<string | undefined>;
  /** The edge that the dragged step would come between, by its key. */
  readonly dropEdge: Readonly<ShallowRef<string | undefined>>;
  /** Too far away to read anything: steps are blocks of their colour. */
  readonly isFarthest: ComputedRef<boolean>;
}

const KEY: InjectionKey<Canvas> = Symbol('canvas');

export function provideCanvas(canvas: Canvas): void {
  provide(KEY, canvas);
}

/** @throws outside the canvas */
export function useCanvas(): Canvas {
  const canvas = inject(KEY);
  if (canvas === undefined) throw new Error('There is no canvas around this component.');
  return canvas;
}
