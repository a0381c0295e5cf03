import { computed, onScopeDispose, shallowRef } from 'vue';

/** What a drag out of a data tree carries: a JSONata path such as `trigger.body.customer.email`. */
export const PATH_TYPE = 'application/x-hookloom-path';

/** A field that a path can be put into. */
export interface MappableField {
  /** What people call it. */
  readonly label: string;
  /** Writes the path where the caret stands, in the way the field writes paths, and takes the focus back. */
  insertPath(path: string): void;
}

const last = shallowRef<MappableField>();

/** The name of the field that the next path goes into; `undefined`: none was chosen yet. */
export const mappableFieldLabel = computed(() => last.value?.label);

/** Notes a field as the one that paths go into, for as long as the calling scope lives. */
export function useMappableField(field: MappableField) {
  onScopeDispose(() => {
    if (last.value === field) last.value = undefined;
  });
  return { noteFocus: () => void (last.value = field) };
}

/**
 * Puts a JSONata path into the field that had the focus last.
 *
 * @returns whether there is such a field
 */
export function insertPath(path: string): boolean {
  last.value?.insertPath(path);
  return last.value !== undefined;
}

/** The path that is being dragged over or dropped on a field. */
export function droppedPath(event: DragEvent): string | undefined {
  return event.dataTransfer?.getData(PATH_TYPE) || undefined;
}

/** Lets a path be dropped here; what it is can be read only then. @returns whether a path is what is dragged */
export function takesPath(event: DragEvent): boolean {
  if (!event.dataTransfer?.types.includes(PATH_TYPE)) return false;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
  return true;
}
